/** `run.json`: read with its form checked, because anything may lie in a folder of that name. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../terms/errors.ts';
import { RECORD_VERSION, type RunRecord, type RunState } from '../terms/run-record.ts';
import { diskError, errorCode } from './disk-error.ts';
import { RECORD_FILE } from './layout.ts';
import { migrateRecord, type RecordV1 } from './migrate-record.ts';

const states: ReadonlySet<string> = new Set<RunState>([
  'starting',
  'running',
  'paused',
  'finished',
  'stopped',
  'failed',
]);

/** @throws UserError "runs/no-run" where there is no run, "runs/bad-run" where run.json is not one. */
export async function readRunRecord(runDirectory: string): Promise<RunRecord> {
  const file = join(runDirectory, RECORD_FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw diskError(error, `read ${file}`);
    throw new UserError(
      'runs/no-run',
      `${runDirectory} holds no run (no ${RECORD_FILE}). Choose a folder that "gan runs" lists.`,
    );
  }
  const record = parse(text);
  if (record === null)
    throw new UserError('runs/bad-run', `${file} is not a run record. The file is damaged or not from gan.`);
  switch (record.version) {
    case RECORD_VERSION:
      return record;
    case 1:
      return migrateRecord(record, runDirectory);
    default: {
      const { version } = record as { readonly version: number };
      throw new UserError(
        'runs/other-version',
        `${file} has format version ${version}, this program reads up to ${RECORD_VERSION}. Update the program.`,
      );
    }
  }
}

function parse(text: string): RunRecord | RecordV1 | null {
  try {
    const value = JSON.parse(text) as Partial<Record<keyof RunRecord, unknown>> | null;
    const sound =
      value !== null &&
      typeof value.version === 'number' &&
      typeof value.name === 'string' &&
      typeof value.state === 'string' &&
      states.has(value.state) &&
      [value.pid, value.step, value.steps, value.seed].every((number) => typeof number === 'number');
    return sound ? (value as unknown as RunRecord | RecordV1) : null;
  } catch {
    return null;
  }
}
