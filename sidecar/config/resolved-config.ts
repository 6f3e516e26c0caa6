/** The config with every default spelled out; what `config.json` in a run directory holds. */
import type { AugmentationOperation } from '../augmentations/abouts.ts';
import type { AugmentationConfig } from '../augmentations/config.ts';
import type { ArchitectureName } from '../models/index.ts';
import type { LossName } from '../objectives/abouts.ts';
import type { ObjectiveConfig, PenaltyConfig } from '../objectives/config.ts';
import type { DataConfig } from '../terms/data-config.ts';
import type { DeviceId } from '../terms/devices.ts';
import type { Conditioning, ModelOptions, Normalization } from '../terms/model-options.ts';
import type {
  BurnInConfig,
  MonitorConfig,
  OptimizerConfig,
  ScheduleConfig,
  TrainingConfig,
} from '../terms/training-config.ts';

export type {
  ArchitectureName,
  AugmentationConfig,
  AugmentationOperation,
  BurnInConfig,
  Conditioning,
  DataConfig,
  LossName,
  ModelOptions,
  Normalization,
  ObjectiveConfig,
  OptimizerConfig,
  PenaltyConfig,
  ScheduleConfig,
  TrainingConfig,
};

export type DeviceChoice = 'auto' | DeviceId;
export type DeviceFallback = 'none' | 'cpu';

export interface ModelConfig extends ModelOptions {
  readonly architecture: ArchitectureName;
}

export interface ResolvedConfig {
  readonly name: string;
  readonly model: ModelConfig;
  readonly objective: ObjectiveConfig;
  readonly augmentation: AugmentationConfig;
  readonly data: DataConfig;
  /** A model of one network (VAE, autoregressive) uses the generator's. */
  readonly optimizer: { readonly generator: OptimizerConfig; readonly discriminator: OptimizerConfig };
  readonly training: TrainingConfig;
  readonly monitor: MonitorConfig;
  readonly device: DeviceChoice;
  readonly deviceFallback: DeviceFallback;
}
