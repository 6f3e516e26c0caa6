/** The config's `data` group with every default spelled out. Paths are absolute. */
import type { DataOptions } from '../keys/options.ts';
import type { SourceName } from './sources/abouts.ts';

export interface DataConfig extends DataOptions {
  readonly source: SourceName;
}
