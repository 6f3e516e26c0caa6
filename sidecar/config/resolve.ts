/** Spells every default out and makes paths absolute. */
import { homedir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { type SourceName, sourceAbouts } from '../data/sources/abouts.ts';
import { configKeys } from '../keys/config.ts';
import { defaultsOf } from '../keys/defaults.ts';
import { endlessDefaults } from '../keys/endless.ts';
import type { ArchitectureOptions, DataOptions } from '../keys/options.ts';
import { architectureDefaults } from './defaults.ts';
import { merged } from './merged.ts';
import type { DataConfig, ResolvedConfig } from './resolved-config.ts';
import type { Config } from './schema.ts';

/** Whether examples are drawn on demand: such data have no size, hence no epochs. */
export function isEndless(
  data: { readonly source?: SourceName | undefined; readonly path?: string | undefined } | undefined,
): boolean {
  if (data?.source === undefined) return false;
  const { endless } = sourceAbouts[data.source];
  return endless === 'always' || (endless === 'without a path' && data.path === undefined);
}

/** A path of the config as an absolute one; `~` is the home folder. */
export const resolvePath = (folder: string, path: string): string =>
  path === '~' || path.startsWith('~/') || path.startsWith('~\\')
    ? resolve(homedir(), path.slice(2))
    : resolve(folder, path);

/** The name of runs where the config gives none: `digits.gan.json` → digits, else the folder's name. */
export function nameOf(file: string): string {
  const absolute = resolve(file);
  const stem = basename(absolute).replace(/(\.gan)?\.jsonc?$/i, '');
  const name = stem === 'gan.config' ? basename(dirname(absolute)) : stem;
  const allowed = name
    .replace(/[^A-Za-z0-9._ -]+/g, '-')
    .slice(0, 64)
    .replace(/^[^A-Za-z0-9]+|[. ]+$/g, '');
  return allowed || 'gan';
}

/** No data default is an architecture's. */
const dataDefaults = defaultsOf(configKeys.data.keys) as DataOptions;

export function resolveData(data: Config['data'], folder: string): DataConfig {
  const absolute = (path: string | undefined) => (path === undefined ? null : resolvePath(folder, path));
  return {
    source: data.source,
    ...merged(dataDefaults, data),
    path: absolute(data.path),
    labels: absolute(data.labels),
    inputPath: absolute(data.inputPath),
  };
}

const lengthOf = ({ training = {}, data }: Config, preset: ArchitectureOptions) => {
  if (training.steps !== undefined) return { steps: training.steps, epochs: null };
  if (training.epochs !== undefined) return { steps: null, epochs: training.epochs };
  if (preset.training.steps === null && isEndless(data)) return { steps: endlessDefaults.steps, epochs: null };
  return { steps: preset.training.steps, epochs: preset.training.epochs };
};

const samplingOf = ({ monitor = {}, data }: Config, preset: ArchitectureOptions) => {
  const endless = isEndless(data);
  if (monitor.sampleEvery !== undefined) return { sampleEvery: monitor.sampleEvery, sampleEveryEpochs: null };
  if (monitor.sampleEveryEpochs !== undefined && !endless) {
    return { sampleEvery: null, sampleEveryEpochs: monitor.sampleEveryEpochs };
  }
  if (preset.monitor.sampleEvery === null && endless) {
    return { sampleEvery: endlessDefaults.sampleEvery, sampleEveryEpochs: null };
  }
  return { sampleEvery: preset.monitor.sampleEvery, sampleEveryEpochs: preset.monitor.sampleEveryEpochs };
};

/** @param file the config's own path: relative paths in it start from its folder. */
export function resolveConfig(config: Config, file: string): ResolvedConfig {
  const defaults = architectureDefaults[config.model.architecture];
  const all = merged(defaults, config);
  return {
    ...all,
    name: config.name ?? nameOf(file),
    model: { architecture: config.model.architecture, ...all.model },
    data: resolveData(config.data, dirname(resolve(file))),
    training: { ...all.training, ...lengthOf(config, defaults) },
    monitor: { ...all.monitor, ...samplingOf(config, defaults) },
  };
}
