/** The groups of a resolved config as types, for those who are given parts of it. */
import type { configKeys } from './config.ts';
import type { NamedKeys, Resolved, Usual } from './types.ts';

type Keys = typeof configKeys;

/** What there is to choose of an architecture. */
export type ModelOptions = Resolved<Keys['model']['keys']>;
export type Normalization = ModelOptions['normalization']['generator'];
export type Conditioning = ModelOptions['conditioning'];
export type ObjectiveConfig = Resolved<Keys['objective']['keys']>;
/** Weights of the discriminator's regularisers; 0 is off. */
export type PenaltyConfig = ObjectiveConfig['penalties'];
export type AugmentationConfig = Resolved<Keys['augmentation']['keys']>;
/** What there is to choose of the data, besides their source. */
export type DataOptions = Resolved<Keys['data']['keys']>;
/** The sets of points that the program draws. */
export type ToySetName = DataOptions['points'];
export type OptimizerConfig = Resolved<Keys['optimizer']['keys']['generator']['keys']>;
export type TrainingConfig = Resolved<Keys['training']['keys']>;
export type ScheduleConfig = TrainingConfig['schedule'];
export type BurnInConfig = TrainingConfig['burnIn'];
export type MonitorConfig = Resolved<Keys['monitor']['keys']>;
export type DeviceChoice = NonNullable<Keys['device']['value']>;
export type DeviceFallback = NonNullable<Keys['deviceFallback']['value']>;

/** What an architecture may have defaults of its own for. */
export type ArchitectureOptions = Usual<Keys>;

/** Keys that an architecture uses only if it says so. */
export type OptionalKey = NamedKeys<Keys>;
