/** The read side of a run directory: the same for a live run, a finished one and one of another machine. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../terms/errors.ts';
import type { MetricsRow, ObservedRun, SampleFile } from '../terms/run-record.ts';
import { type CheckpointFile, listCheckpoints } from './checkpoint.ts';
import { diskError, errorCode } from './disk-error.ts';
import { followRun } from './follow.ts';
import { METRICS_FILE, runsFolder, SAMPLES_FOLDER, stepFileName, stepOfFileName } from './layout.ts';
import { leaseHolder } from './lease.ts';
import { lastMetricsRow, parseMetrics } from './metrics-log.ts';
import { readRunRecord } from './record-file.ts';
import type { RunChange, RunSnapshot } from './run-change.ts';

export class RunReader {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** run.json as observed: 'interrupted' when the process is gone without having said so. @throws UserError. */
  async run(): Promise<ObservedRun> {
    const record = await readRunRecord(this.directory);
    if (record.endedAt !== null || (await leaseHolder(this.directory)) !== null) return record;
    // The process may have ended between the two looks.
    const again = await readRunRecord(this.directory);
    return again.endedAt === null ? { ...again, state: 'interrupted' } : again;
  }

  /** All rows, oldest first; a torn last line is left out. */
  async metrics(): Promise<MetricsRow[]> {
    const file = join(this.directory, METRICS_FILE);
    try {
      return parseMetrics(await readFile(file)).rows;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw diskError(error, `read ${file}`);
    }
  }

  /** The newest row, or null without one; costs the same however long the run was. */
  lastMetrics(): Promise<MetricsRow | null> {
    return lastMetricsRow(this.directory);
  }

  /** All sample grids, oldest first. */
  async samples(): Promise<SampleFile[]> {
    const folder = join(this.directory, SAMPLES_FOLDER);
    try {
      const steps = (await readdir(folder)).flatMap((name) => stepOfFileName(name, '.png') ?? []);
      return steps
        .sort((a, b) => a - b)
        .map((step) => ({ step, file: join(SAMPLES_FOLDER, stepFileName(step, '.png')) }));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw diskError(error, `read ${folder}`);
    }
  }

  /** All checkpoints, oldest first; whether one is sound shows when it is loaded. */
  checkpoints(): Promise<CheckpointFile[]> {
    return listCheckpoints(this.directory);
  }

  async snapshot(): Promise<RunSnapshot> {
    const [run, metrics, samples] = await Promise.all([this.run(), this.metrics(), this.samples()]);
    return { run, metrics, samples };
  }

  /** Tells `onChange` a snapshot, then everything that is new, until disposed. Needs no process to be alive. */
  follow(onChange: (change: RunChange) => void): { dispose(): void } {
    return followRun(this, onChange);
  }
}

export interface ListedRun {
  readonly directory: string;
  readonly run: ObservedRun;
}

/** Every run under `<workspace>/.gan/runs`, newest first. Folders that hold no readable run are left out. */
export async function listRuns(workspace: string): Promise<ListedRun[]> {
  const directories = (await subfolders(runsFolder(workspace))).map(subfolders);
  const runs = (await Promise.all(directories)).flat().map(async (directory): Promise<ListedRun[]> => {
    try {
      return [{ directory, run: await new RunReader(directory).run() }];
    } catch (error) {
      if (error instanceof UserError) return [];
      throw error;
    }
  });
  return (await Promise.all(runs)).flat().sort((a, b) => (a.run.startedAt < b.run.startedAt ? 1 : -1));
}

async function subfolders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw diskError(error, `read ${folder}`);
  }
}
