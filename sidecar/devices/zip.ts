/** Unpacks files of a ZIP archive on disk, without holding them in memory. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/**
 * Writes files of `archive` to paths that must not be there yet; `targets` has their paths by name.
 * Returns the names that the archive does not have. @throws Error that says what is wrong with it.
 */
export async function unzip(
  archive: string,
  targets: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): Promise<string[]> {
  const zip = await openPromise(archive);
  const missing = new Set(targets.keys());
  try {
    for await (const entry of zip.eachEntry()) {
      const target = targets.get(entry.fileName);
      if (target === undefined) continue;
      missing.delete(entry.fileName);
      const output = createWriteStream(target, { flags: 'wx' });
      await pipeline(await zip.openReadStreamPromise(entry), output, signal === undefined ? {} : { signal });
    }
  } finally {
    zip.close();
  }
  return [...missing];
}
