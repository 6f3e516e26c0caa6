/**
 * Files that are either whole or not there: written under a temporary name, fsynced, renamed, and
 * the folder fsynced, so that neither a kill nor a power cut leaves half a file under the real name.
 */
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { diskError, errorCode } from './disk-error.ts';

const TEMPORARY = /^\..+\.\d+\.tmp$/;

export interface AtomicFileOptions {
  /** Permission bits; default 0o644 less the umask. */
  readonly mode?: number;
}

/** Writes `parts` one after the other as the new content of `file`. @throws UserError "runs/disk". */
export async function writeFileAtomic(
  file: string,
  parts: string | readonly Uint8Array[],
  options: AtomicFileOptions = {},
): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    await rm(temporary, { force: true });
    const handle = await open(temporary, 'wx', options.mode ?? 0o644);
    try {
      for (const part of typeof parts === 'string' ? [Buffer.from(parts)] : parts) await writeWhole(handle, part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(temporary, file);
    await syncFolder(dirname(file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw diskError(error, `write ${file}`);
  }
}

async function writeWhole(handle: FileHandle, part: Uint8Array): Promise<void> {
  for (let offset = 0; offset < part.byteLength; ) {
    offset += (await handle.write(part, offset, part.byteLength - offset)).bytesWritten;
  }
}

/** On Windows a rename fails for as long as a reader has the old file open. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      const busy = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '');
      if (!busy || attempt === 20) throw error;
      await setTimeout(10 * (attempt + 1));
    }
  }
}

/** Makes renames and removals in `folder` durable. Windows cannot open a folder and needs no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Creates `folder` in a run directory unless it is there; the run directory itself is not made anew
 * when somebody has removed it. @throws UserError "runs/disk".
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !(await stat(folder)).isDirectory())
      throw diskError(error, `create ${folder}`);
  }
}

/** Removes what a killed process left half written. Call only while holding the run's lease. */
export async function removeTemporaryFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (TEMPORARY.test(name)) await rm(join(folder, name), { force: true });
  }
}
