/** What a config leaves out: of its architecture's own defaults, else of the keys'. */
import { configKeys } from '../keys/config.ts';
import { defaultsOf } from '../keys/defaults.ts';
import type { ArchitectureOptions, DataConfig } from '../keys/options.ts';
import type { Resolved } from '../keys/types.ts';
import { type ArchitectureName, architectureNames, architectures } from '../models/index.ts';
import { merged } from './merged.ts';

type Keys = typeof configKeys;

/** The defaults of every key that has one. */
export interface Defaults extends Omit<Resolved<Keys>, 'name' | 'data'> {
  readonly data: Omit<DataConfig, 'source'>;
}

const common = defaultsOf(configKeys) as Defaults;

export const architectureDefaults = Object.fromEntries(
  architectureNames.map((name) => [name, merged<object>(common, architectures[name].about.defaults)]),
) as Readonly<Record<ArchitectureName, Defaults & ArchitectureOptions>>;
