/** The paths of the config's `data` group, made ready for use. */
import { dirname } from 'node:path';
import { UserError } from '../terms/errors.ts';
import { expandHome } from './files.ts';
import type { DataConfig } from './shape.ts';

const needed: Readonly<Partial<Record<DataConfig['source'], string>>> = {
  idx: 'the IDX file of images',
  folder: 'the folder of images',
  tar: 'the tar archive of images',
  zip: 'the zip archive of images',
  table: 'the CSV or Parquet file, or the folder of several',
  npz: 'the NPZ or NPY file',
  'cifar-10': 'the folder that holds data_batch_1.bin',
};

/** Whether the source has nothing to read without `data.path`. */
export const needsPath = (source: DataConfig['source']): boolean => needed[source] !== undefined;

/** @throws UserError if the source needs a path and has none. */
export function requirePath(data: DataConfig): string {
  if (data.path !== null) return data.path;
  const what = needed[data.source] ?? 'the data';
  throw new UserError('data/no-path', `data.source "${data.source}" needs data.path: set it to ${what}.`);
}

/** Whether a path may stand for several: * is any characters of a name, ? is one. */
export const isPattern = (path: string): boolean => /[*?]/.test(path);

/** Where to look for a change of what the path stands for: the deepest folder above a pattern, or the path itself. */
export function watchedPath(path: string): string {
  let folder = path;
  while (isPattern(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** The same config with `~` replaced in its paths. */
export function withHome(data: DataConfig): DataConfig {
  const expand = (path: string | null) => (path === null ? null : expandHome(path));
  return { ...data, path: expand(data.path), labels: expand(data.labels), inputPath: expand(data.inputPath) };
}
