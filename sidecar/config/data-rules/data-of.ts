/** The data group of a config that is still being written, and how it is looked up on disk. */
import { dirname, resolve } from 'node:path';
import type { DataFacts } from '../../data/facts.ts';
import type { InspectOptions } from '../../data/inspect.ts';
import { needsPath } from '../../data/paths.ts';
import type { PartialConfig } from '../partial.ts';
import { resolveData } from '../resolve.ts';
import type { ResolvedConfig } from '../resolved-config.ts';
import type { Config } from '../schema.ts';

/** The data group as a run has it, its paths absolute. */
export type DataConfig = ResolvedConfig['data'];

/** What tells of the data on disk; the language server remembers what it has asked. */
export type Inspect = (data: DataConfig, options?: InspectOptions) => Promise<DataFacts>;

/** The data group where it says enough to look at the disk. */
export function dataOf({ data }: PartialConfig, file: string): DataConfig | null {
  if (data?.source === undefined) return null;
  if (data.path === undefined && needsPath(data.source)) return null;
  return resolveData(data as Config['data'], dirname(resolve(file)));
}
