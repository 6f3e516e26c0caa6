/** From what a person asked for to a run directory, a config, and the checkpoint to go on from. */
import { access, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadConfig } from '../config/load.ts';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import { loadCheckpoint, loadLatestCheckpoint } from '../runs/checkpoint.ts';
import { diskError } from '../runs/disk-error.ts';
import { RECORD_FILE, reserveRunDirectory } from '../runs/layout.ts';
import { Lease } from '../runs/lease.ts';
import { readRunRecord } from '../runs/record-file.ts';
import type { CheckpointState } from '../runs/recorder.ts';
import { resumedConfig } from '../runs/run-config.ts';
import { UserError } from '../terms/errors.ts';

/** A run to begin. */
export interface NewRun {
  readonly kind: 'new';
  readonly configFile: string;
  /** "training.steps=300" */
  readonly overrides: readonly string[];
  /** null: a new folder `.gan/runs/<name>/<start time>` in `workspace`. */
  readonly runDirectory: string | null;
  readonly workspace: string;
}

/** A run to go on with. */
export interface ResumedRun {
  readonly kind: 'resume';
  readonly runDirectory: string;
  readonly overrides: readonly string[];
  /** null: the newest sound one. */
  readonly checkpoint: number | null;
}

export interface PreparedRun {
  readonly directory: string;
  readonly configFile: string;
  readonly config: ResolvedConfig;
  readonly checkpoint: CheckpointState | null;
  readonly lease: Lease;
  /** When the run first began, ISO 8601; null for a new run. */
  readonly startedAt: string | null;
  /** For the log, once there is one. */
  readonly warnings: readonly string[];
}

/** @throws UserError "config/…" or "runs/…". The caller releases the lease. */
export function prepareRun(start: NewRun | ResumedRun, onLeaseLost: (reason: string) => void): Promise<PreparedRun> {
  return start.kind === 'new' ? prepareNew(start, onLeaseLost) : prepareResumed(start, onLeaseLost);
}

async function prepareNew(start: NewRun, onLeaseLost: (reason: string) => void): Promise<PreparedRun> {
  const configFile = resolve(start.configFile);
  const config = await loadConfig(configFile, { overrides: start.overrides });
  const directory =
    start.runDirectory === null
      ? await reserveRunDirectory(start.workspace, config.name)
      : await givenDirectory(start.runDirectory);
  const lease = await Lease.acquire(directory, onLeaseLost);
  try {
    await refuseExistingRun(directory);
    return { directory, configFile, config, checkpoint: null, lease, startedAt: null, warnings: [] };
  } catch (error) {
    await lease.release();
    throw error;
  }
}

async function givenDirectory(path: string): Promise<string> {
  const directory = resolve(path);
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    throw diskError(error, `create the run folder ${directory}`);
  }
  return directory;
}

async function refuseExistingRun(directory: string): Promise<void> {
  const exists = await access(join(directory, RECORD_FILE)).then(
    () => true,
    () => false,
  );
  if (!exists) return;
  throw new UserError(
    'runs/exists',
    `${directory} already holds a run. Continue it: gan resume ${directory}; or choose another --run-dir.`,
  );
}

async function prepareResumed(start: ResumedRun, onLeaseLost: (reason: string) => void): Promise<PreparedRun> {
  const directory = resolve(start.runDirectory);
  await readRunRecord(directory);
  const lease = await Lease.acquire(directory, onLeaseLost);
  try {
    const record = await readRunRecord(directory);
    const config = await resumedConfig(directory, start.overrides);
    const warnings: string[] = [];
    const checkpoint =
      start.checkpoint === null
        ? await loadLatestCheckpoint(directory, (message) => warnings.push(message))
        : await loadCheckpoint(directory, start.checkpoint);
    if (checkpoint === null) warnings.push('the run has no checkpoint yet and starts again from step 0');
    const lengthKept = config.training.steps === null || config.training.steps <= (checkpoint?.step ?? 0);
    if (record.state === 'finished' && checkpoint !== null && checkpoint.step >= record.steps && lengthKept) {
      throw new UserError(
        'runs/finished',
        `${directory} is finished at step ${record.step}. To train longer: gan resume ${directory} --set training.steps=${2 * record.steps}`,
      );
    }
    const { configPath: configFile, startedAt } = record;
    return { directory, configFile, config, checkpoint, lease, startedAt, warnings };
  } catch (error) {
    await lease.release();
    throw error;
  }
}
