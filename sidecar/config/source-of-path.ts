/** Which source reads a file or folder, as far as names tell. */
import { readdir, stat } from 'node:fs/promises';
import { isHidden, isImageName } from '../data/image-names.ts';
import { isPattern } from '../data/paths.ts';
import type { Config } from './schema.ts';

type Source = Config['data']['source'];

const endings: readonly (readonly [RegExp, Source])[] = [
  [/\.(tar|tgz|tar\.gz)$/i, 'tar'],
  [/\.zip$/i, 'zip'],
  [/\.np[yz]$/i, 'npz'],
  [/\.(csv|tsv|parquet|pq)$/i, 'table'],
];

/** Null for other endings: IDX files have none of their own. */
export const sourceOfName = (name: string): Source | null => endings.find(([ending]) => ending.test(name))?.[1] ?? null;

/** Null where there is nothing of this name. A folder is one of images, unless it has files of tables and no images. */
export const sourceOfPath = async (path: string): Promise<Source | null> => {
  const found = await stat(path).catch(() => null);
  if (found === null) return isPattern(path) ? 'table' : null;
  if (!found.isDirectory()) return sourceOfName(path) ?? 'idx';
  const names = (await readdir(path).catch(() => [])).filter((name) => !isHidden(name));
  const isTable = names.some((name) => sourceOfName(name) === 'table') && !names.some(isImageName);
  return isTable ? 'table' : 'folder';
};
