/** Which source reads a file or folder, as far as names tell. */
import { readdir, stat } from 'node:fs/promises';
import { isHidden, isImageName } from '../data/image-names.ts';
import { isPattern } from '../data/paths.ts';
import { type SourceName, sourceAbouts, sourceNames } from '../data/sources/abouts.ts';

/** Null for other endings: IDX files have none of their own. */
export const sourceOfName = (name: string): SourceName | null =>
  sourceNames.find((source) => sourceAbouts[source].files?.test(name)) ?? null;

/** Null where there is nothing of this name. A folder is one of images, unless it has files of tables and no images. */
export async function sourceOfPath(path: string): Promise<SourceName | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return isPattern(path) ? 'table' : null;
  if (!found.isDirectory()) return sourceOfName(path) ?? 'idx';
  const names = (await readdir(path).catch(() => [])).filter((name) => !isHidden(name));
  const isTable = names.some((name) => sourceOfName(name) === 'table') && !names.some(isImageName);
  return isTable ? 'table' : 'folder';
}
