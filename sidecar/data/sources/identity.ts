/** What tells whether files have changed since they were last seen. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { explainFileError } from '../files.ts';
import type { ScanOptions } from './source.ts';

/** Looked at before others get their turn: one by one would take longer to wait for than to do. */
const STATS_AT_ONCE = 256;

/** Size and time of a file. @throws UserError if it is not there. */
export function fingerprint(path: string): string {
  try {
    const { size, mtimeMs } = statSync(path);
    return `${size} ${mtimeMs}`;
  } catch (error) {
    throw explainFileError(error, path);
  }
}

/** A digest of the class of every image. */
export function digestOf(labels: Int32Array | null, classNames: readonly string[] | null): string {
  if (labels === null) return 'no labels';
  return createHash('sha256').update(labels).update(JSON.stringify(classNames)).digest('hex');
}

/** A digest of every file's name, size and time, absent ones included. Blocks for a few milliseconds at a time. */
export async function identityOf(
  folder: string,
  files: readonly string[],
  { signal, progress }: ScanOptions,
): Promise<string> {
  const digest = createHash('sha256');
  for (let start = 0; start < files.length; start += STATS_AT_ONCE) {
    signal?.throwIfAborted();
    let part = '';
    for (const file of files.slice(start, start + STATS_AT_ONCE)) {
      const stats = statSync(resolve(folder, file), { throwIfNoEntry: false });
      part += `${file}\t${stats ? `${stats.size} ${stats.mtimeMs}` : 'absent'}\n`;
    }
    digest.update(part);
    progress?.(Math.min(files.length, start + STATS_AT_ONCE), files.length, `Looking for changes in ${folder}`);
    await setImmediate();
  }
  return digest.digest('hex');
}
