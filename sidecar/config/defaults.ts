/** What a config leaves out: of its architecture's own defaults, else of the keys'. */
import { configKeys } from '../keys/config.ts';
import { defaultsOf } from '../keys/defaults.ts';
import type { ArchitectureOptions } from '../keys/options.ts';
import type { Resolved } from '../keys/types.ts';
import { type ArchitectureName, architectureNames, architectures } from '../models/index.ts';
import { merged } from './merged.ts';

type Keys = typeof configKeys;

/** The defaults of every key that has one. */
export type Defaults = Omit<Resolved<Keys>, 'name'>;

const common = defaultsOf(configKeys) as Defaults;

export const architectureDefaults = Object.fromEntries(
  architectureNames.map((name) => [name, merged<object>(common, architectures[name].about.defaults)]),
) as Readonly<Record<ArchitectureName, Defaults & ArchitectureOptions>>;
