/** Spells every default out and makes paths absolute. */
import { homedir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { commonDefaults, endlessDefaults, type Preset, presets } from './presets.ts';
import type { Config, ResolvedConfig } from './schema.ts';

/** Sources whose images are drawn on demand: they have no size, hence no epochs. */
export const isEndless = (source: Config['data']['source'] | undefined): boolean => source === 'digits';

/** A path of the config as an absolute one; `~` is the home folder. */
export const resolvePath = (folder: string, path: string): string =>
  path === '~' || path.startsWith('~/') || path.startsWith('~\\')
    ? resolve(homedir(), path.slice(2))
    : resolve(folder, path);

/** The name of runs where the config gives none: `digits.gan.json` → digits, else the folder's name. */
export const nameOf = (file: string): string => {
  const absolute = resolve(file);
  const stem = basename(absolute).replace(/(\.gan)?\.jsonc?$/i, '');
  const name = stem === 'gan.config' ? basename(dirname(absolute)) : stem;
  const allowed = name
    .replace(/[^A-Za-z0-9._ -]+/g, '-')
    .slice(0, 64)
    .replace(/^[^A-Za-z0-9]+|[. ]+$/g, '');
  return allowed || 'gan';
};

export const resolveData = (data: Config['data'], folder: string): ResolvedConfig['data'] => ({
  source: data.source,
  path: data.path === undefined ? null : resolvePath(folder, data.path),
  labels: data.labels === undefined ? null : resolvePath(folder, data.labels),
  imageSize: data.imageSize ?? null,
  channels: data.channels ?? null,
  resize: data.resize ?? commonDefaults.data.resize,
});

const lengthOf = ({ training = {}, data }: Config, preset: Preset) => {
  if (training.steps !== undefined) return { steps: training.steps, epochs: null };
  if (training.epochs !== undefined) return { steps: null, epochs: training.epochs };
  if (preset.training.steps === null && isEndless(data.source)) return { steps: endlessDefaults.steps, epochs: null };
  return { steps: preset.training.steps, epochs: preset.training.epochs };
};

const samplingOf = ({ monitor = {}, data }: Config, preset: Preset) => {
  const endless = isEndless(data.source);
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
export const resolveConfig = (config: Config, file: string): ResolvedConfig => {
  const { model, training, monitor, optimizer } = config;
  const preset = presets[model.architecture];
  const common = commonDefaults.monitor;
  return {
    name: config.name ?? nameOf(file),
    model: { ...preset.model, ...model },
    objective: { ...commonDefaults.objective, ...config.objective },
    data: resolveData(config.data, dirname(resolve(file))),
    optimizer: {
      generator: { ...preset.optimizer, ...optimizer?.generator },
      discriminator: { ...preset.optimizer, ...optimizer?.discriminator },
    },
    training: {
      ...lengthOf(config, preset),
      batchSize: training?.batchSize ?? preset.training.batchSize,
      seed: training?.seed ?? commonDefaults.training.seed,
    },
    monitor: {
      logEvery: monitor?.logEvery ?? common.logEvery,
      ...samplingOf(config, preset),
      sampleEverySeconds: monitor?.sampleEverySeconds ?? common.sampleEverySeconds,
      checkpointEvery: monitor?.checkpointEvery ?? common.checkpointEvery,
      keepCheckpoints: monitor?.keepCheckpoints ?? common.keepCheckpoints,
      gridSize: monitor?.gridSize ?? preset.monitor.gridSize,
    },
    device: config.device ?? commonDefaults.device,
    deviceFallback: config.deviceFallback ?? commonDefaults.deviceFallback,
  };
};
