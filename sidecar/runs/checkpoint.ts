/**
 * Checkpoints on disk: `checkpoints/<step>.safetensors` holds the tensors, `<step>.json` beside it
 * the rest and the checksum. The JSON is written last, so a checkpoint without it never happened.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode } from '../terms/error-codes.ts';
import { UserError } from '../terms/errors.ts';
import { few } from '../terms/names.ts';
import { makeFolder, removeTemporaryFiles, syncFolder, writeFileAtomic } from './atomic-file.ts';
import { diskError, errorCode } from './disk-error.ts';
import { CHECKPOINTS_FOLDER, stepFileName, stepOfFileName } from './layout.ts';
import type { CheckpointState } from './recorder.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

/** What `<step>.json` holds. */
interface CheckpointRecord {
  readonly version: 1;
  readonly step: number;
  readonly seed: number;
  readonly images: number;
  readonly seconds: number;
  /** Of the safetensors file: its size and SHA-256, so that a torn or altered file is noticed. */
  readonly bytes: number;
  readonly sha256: string;
}

export interface CheckpointFile {
  readonly step: number;
  /** Path relative to the run directory. */
  readonly file: string;
}

/** Writes a checkpoint; when the promise resolves it survives a power cut. @throws UserError "runs/disk". */
export async function saveCheckpoint(runDirectory: string, state: CheckpointState): Promise<CheckpointFile> {
  const { step, seed, images, seconds, tensors } = state;
  const folder = join(runDirectory, CHECKPOINTS_FOLDER);
  const parts = encodeSafetensors({
    tensors,
    metadata: { format: 'gan', step: String(step), seed: String(seed), images: String(images) },
  });
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  const record: CheckpointRecord = {
    version: 1,
    step,
    seed,
    images,
    seconds,
    bytes: parts.reduce((sum, part) => sum + part.byteLength, 0),
    sha256: hash.digest('hex'),
  };
  await makeFolder(folder);
  await writeFileAtomic(join(folder, stepFileName(step, '.safetensors')), parts);
  await writeFileAtomic(join(folder, stepFileName(step, '.json')), `${JSON.stringify(record, null, 2)}\n`);
  return { step, file: join(CHECKPOINTS_FOLDER, stepFileName(step, '.safetensors')) };
}

/** Every checkpoint of a run, oldest first. */
export async function listCheckpoints(runDirectory: string): Promise<CheckpointFile[]> {
  const steps = (await checkpointNames(runDirectory)).flatMap((name) => stepOfFileName(name, '.json') ?? []);
  return steps
    .sort((a, b) => a - b)
    .map((step) => ({ step, file: join(CHECKPOINTS_FOLDER, stepFileName(step, '.safetensors')) }));
}

/** Reads the checkpoint of one step. @throws UserError "runs/bad-checkpoint" or "runs/no-checkpoint". */
export async function loadCheckpoint(runDirectory: string, step: number): Promise<CheckpointState> {
  const folder = join(runDirectory, CHECKPOINTS_FOLDER);
  const recordFile = join(folder, stepFileName(step, '.json'));
  const tensorFile = join(folder, stepFileName(step, '.safetensors'));
  const record = parseRecord(await read(recordFile, runDirectory, step), recordFile);
  const bytes = await read(tensorFile, runDirectory, step);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (bytes.length !== record.bytes || sha256 !== record.sha256 || record.step !== step) {
    throw new UserError(
      'runs/bad-checkpoint',
      `${tensorFile}: its checksum does not match ${recordFile}. The file is damaged; use another checkpoint.`,
    );
  }
  const { seed, images, seconds } = record;
  return { step, seed, images, seconds, tensors: decodeSafetensors(bytes, tensorFile).tensors };
}

/**
 * Reads the newest sound checkpoint and reports each damaged one it passes over to `onDamaged`;
 * null where a run has none. @throws UserError "runs/bad-checkpoint" where it has only damaged ones.
 */
export async function loadLatestCheckpoint(
  runDirectory: string,
  onDamaged: (message: string) => void,
): Promise<CheckpointState | null> {
  let damaged: UserError | null = null;
  for (const { step } of (await listCheckpoints(runDirectory)).reverse()) {
    try {
      return await loadCheckpoint(runDirectory, step);
    } catch (error) {
      if (!(error instanceof UserError) || isCode(error.code, 'runs/disk')) throw error;
      damaged = error;
      onDamaged(error.message);
    }
  }
  if (damaged !== null) throw damaged;
  return null;
}

/** Deletes all but the newest `keep` checkpoints (at least one stays). Call after a successful save. */
export async function rotateCheckpoints(runDirectory: string, keep: number): Promise<void> {
  const steps = (await listCheckpoints(runDirectory)).map(({ step }) => step);
  await removeCheckpoints(runDirectory, steps.slice(0, -Math.max(1, keep)));
}

/**
 * Deletes checkpoints later than `step`, newest first, so that after a kill in the middle the newest
 * that is left is still whole; and what killed processes left without a JSON.
 */
export async function removeCheckpointsAfter(runDirectory: string, step: number): Promise<void> {
  const steps = (await listCheckpoints(runDirectory)).map((checkpoint) => checkpoint.step);
  await removeCheckpoints(runDirectory, steps.filter((other) => other > step).reverse());
  const folder = join(runDirectory, CHECKPOINTS_FOLDER);
  const names = await checkpointNames(runDirectory);
  for (const name of names) {
    const orphan = stepOfFileName(name, '.safetensors');
    if (orphan !== null && !names.includes(stepFileName(orphan, '.json')))
      await rm(join(folder, name), { force: true });
  }
  if (names.length > 0) await removeTemporaryFiles(folder);
}

/** The JSON goes first: without it the checkpoint no longer exists. */
async function removeCheckpoints(runDirectory: string, steps: readonly number[]): Promise<void> {
  const folder = join(runDirectory, CHECKPOINTS_FOLDER);
  try {
    for (const step of steps) {
      await rm(join(folder, stepFileName(step, '.json')), { force: true });
      await syncFolder(folder);
      await rm(join(folder, stepFileName(step, '.safetensors')), { force: true });
    }
  } catch (error) {
    throw diskError(error, `delete an old checkpoint in ${folder}`);
  }
}

async function checkpointNames(runDirectory: string): Promise<string[]> {
  try {
    return await readdir(join(runDirectory, CHECKPOINTS_FOLDER));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw diskError(error, `read ${join(runDirectory, CHECKPOINTS_FOLDER)}`);
  }
}

async function read(file: string, runDirectory: string, step: number): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw diskError(error, `read ${file}`);
    const steps = (await listCheckpoints(runDirectory)).map((checkpoint) => checkpoint.step);
    const others = steps.length === 0 ? 'the run has none' : `it has ${few(steps.map(String))}`;
    throw new UserError('runs/no-checkpoint', `${runDirectory} has no checkpoint of step ${step}; ${others}.`);
  }
}

function parseRecord(bytes: Buffer, file: string): CheckpointRecord {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as Partial<Record<keyof CheckpointRecord, unknown>>;
    const numbers = [value.step, value.seed, value.images, value.seconds, value.bytes];
    if (value.version === 1 && numbers.every(Number.isFinite) && typeof value.sha256 === 'string') {
      return value as CheckpointRecord;
    }
  } catch {
    // Reported below like every other damage.
  }
  throw new UserError(
    'runs/bad-checkpoint',
    `${file}: not a checkpoint record. It is damaged; use another checkpoint.`,
  );
}
