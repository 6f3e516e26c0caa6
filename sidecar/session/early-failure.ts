/** A run that failed before it began, told through the folder it was to have. */
import { access, mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { writeFileAtomic } from '../runs/atomic-file.ts';
import { RECORD_FILE } from '../runs/layout.ts';
import { RECORD_VERSION, type RunRecord } from '../terms/run-record.ts';
import { recordedError } from './failure.ts';
import type { NewRun } from './prepare.ts';

/** Writes a run.json of state 'failed' into a folder that has none; does nothing where that is impossible. */
export async function recordEarlyFailure(start: NewRun, thrown: unknown): Promise<void> {
  if (start.runDirectory === null) return;
  const file = join(resolve(start.runDirectory), RECORD_FILE);
  const now = new Date().toISOString();
  const record: RunRecord = {
    version: RECORD_VERSION,
    name: basename(start.configFile),
    configPath: resolve(start.configFile),
    startedAt: now,
    endedAt: now,
    state: 'failed',
    pid: process.pid,
    host: hostname(),
    device: null,
    versions: {},
    step: 0,
    steps: 0,
    seed: 0,
    dataset: null,
    samples: null,
    curves: [],
    error: recordedError(thrown),
  };
  try {
    await mkdir(dirname(file), { recursive: true });
    if (!(await exists(file))) await writeFileAtomic(file, `${JSON.stringify(record, null, 2)}\n`);
  } catch {
    // The folder refuses to be written; the line on stderr and the exit code have to do.
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
