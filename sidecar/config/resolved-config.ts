/** The config with every default spelled out; what `config.json` in a run directory holds. */
import type { DataConfig } from '../data/data-config.ts';
import type { ModelOptions } from '../keys/options.ts';
import type { ArchitectureName } from '../models/index.ts';
import type { Defaults } from './defaults.ts';

export type { AugmentationOperation } from '../augmentations/abouts.ts';
export type { DataConfig } from '../data/data-config.ts';
export type {
  AugmentationConfig,
  BurnInConfig,
  Conditioning,
  DeviceChoice,
  DeviceFallback,
  ModelOptions,
  Normalization,
  ObjectiveConfig,
  OptimizerConfig,
  PenaltyConfig,
  ScheduleConfig,
  TrainingConfig,
} from '../keys/options.ts';
export type { ArchitectureName } from '../models/index.ts';
export type { LossName } from '../objectives/abouts.ts';

export interface ModelConfig extends ModelOptions {
  readonly architecture: ArchitectureName;
}

/** Paths are absolute; exactly one of `training.steps` and `training.epochs` is not null. */
export interface ResolvedConfig extends Omit<Defaults, 'model' | 'data'> {
  readonly name: string;
  readonly model: ModelConfig;
  readonly data: DataConfig;
}
