/** From what an error is about to the key of the config that names it. */
import { sep } from 'node:path';
import type { JSONPath } from 'jsonc-parser';
import { withHome } from '../../data/paths.ts';
import type { ErrorSubject } from '../../terms/errors.ts';
import type { PartialConfig } from '../partial.ts';
import type { DataConfig } from './data-of.ts';
import { dataPath, inputPath, labels } from './places.ts';

/** A key that names a path. */
export interface NamedPath {
  readonly at: JSONPath;
  /** As the config says it. */
  readonly written: string;
  readonly absolute: string;
}

const holds = (folder: string, path: string): boolean => path === folder || path.startsWith(`${folder}${sep}`);

/** The written key whose path is the subject's, or the folder nearest above it; null where none is. */
export function pathOf(config: PartialConfig, data: DataConfig, subject: ErrorSubject | null): NamedPath | null {
  if (subject === null || !('path' in subject)) return null;
  const { labels: ofLabels, inputPath: ofInputs, path } = withHome(data);
  const named = [
    { at: labels, written: config.data?.labels, absolute: ofLabels },
    { at: inputPath, written: config.data?.inputPath, absolute: ofInputs },
    { at: dataPath, written: config.data?.path, absolute: path },
  ].filter((name): name is NamedPath => typeof name.written === 'string' && name.absolute !== null);
  const above = named.filter(({ absolute }) => holds(absolute, subject.path));
  return above.sort((a, b) => b.absolute.length - a.absolute.length)[0] ?? null;
}

/** The subject's key where the config has it; null otherwise. */
export function keyOf(config: PartialConfig, subject: ErrorSubject | null): JSONPath | null {
  if (subject === null || !('key' in subject)) return null;
  let value: unknown = config;
  for (const name of subject.key) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  return value === undefined ? null : [...subject.key];
}
