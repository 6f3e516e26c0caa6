/** The paths of the config's `data` group, made ready for use. */
import { dirname } from 'node:path';
import { UserError } from '../terms/errors.ts';
import { expandHome } from './files.ts';
import type { DataConfig } from './shape.ts';
import { type SourceName, sourceAbouts } from './sources/abouts.ts';

/** Whether the source has nothing to read without `data.path`. */
export const needsPath = (source: SourceName): boolean => sourceAbouts[source].path !== null;

/** @throws UserError if the source needs a path and has none. */
export function requirePath({ path, source }: DataConfig): string {
  if (path !== null) return path;
  const what = sourceAbouts[source].path ?? 'the data';
  throw new UserError('data/no-path', `data.source "${source}" needs data.path: set it to ${what}.`);
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
