/** The paths of the config's `data` group, made ready for use. */
import { UserError } from '../errors.ts';
import { expandHome } from './files.ts';
import type { DataConfig } from './shape.ts';

/** @throws UserError if the source needs a path and has none. */
export function requirePath(data: DataConfig): string {
  if (data.path !== null) return data.path;
  const what = data.source === 'idx' ? 'the IDX file of images' : 'the folder of images';
  throw new UserError('data/no-path', `data.source "${data.source}" needs data.path: set it to ${what}.`);
}

/** The same config with `~` replaced in its paths. */
export function withHome(data: DataConfig): DataConfig {
  return {
    ...data,
    path: data.path === null ? null : expandHome(data.path),
    labels: data.labels === null ? null : expandHome(data.labels),
  };
}
