/**
 * What a config leaves out: of its architecture's own, else of what is common to all. The schema's
 * texts quote these numbers, so they stand nowhere else.
 */
import type { ArchitectureOptions } from '../models/about.ts';
import { type ArchitectureName, architectureNames, architectures } from '../models/index.ts';
import { penaltyNames } from '../objectives/abouts.ts';
import { merged } from './merged.ts';
import type {
  AugmentationConfig,
  ModelOptions,
  ObjectiveConfig,
  OptimizerConfig,
  PenaltyConfig,
} from './resolved-config.ts';

const model: ModelOptions = {
  latentSize: 100,
  baseChannels: 64,
  blocks: 1,
  conditional: false,
  conditioning: 'concat',
  normalization: { generator: 'batch', discriminator: 'none' },
  spectralNormalization: 'none',
  selfAttention: false,
  dropout: 0,
  minibatch: 'none',
  pac: 1,
  generators: 1,
  scale: 4,
  levels: 256,
};

const objective: ObjectiveConfig = {
  loss: 'non-saturating',
  discriminatorSteps: 1,
  labelSmoothing: 0,
  weightClip: 0,
  penalties: Object.fromEntries(penaltyNames.map((name) => [name, 0])) as PenaltyConfig,
  featureMatching: 0,
  diversity: 0,
  content: 0,
  classification: 1,
  likelihood: 'bernoulli',
  beta: 1,
};

const augmentation: AugmentationConfig = {
  operations: [],
  probability: 1,
  adaptive: false,
  target: 0.6,
  instanceNoise: 0,
  instanceNoiseImages: 500_000,
};

const adam: OptimizerConfig = {
  kind: 'adam',
  learningRate: 2e-4,
  beta1: 0.5,
  beta2: 0.999,
  momentum: 0,
  decay: 0.9,
  weightDecay: 0,
  l2: 0,
  clipNorm: 0,
};

const training: ArchitectureOptions['training'] = {
  steps: null,
  epochs: 25,
  batchSize: 128,
  schedule: { kind: 'constant', warmupImages: 0, everyImages: 1_000_000, factor: 0.5 },
  burnIn: { images: 0, learningRate: 1, penalty: 1, beta2: 0.9 },
  emaHalfLife: 0,
  growEvery: 100_000,
};

const monitor: ArchitectureOptions['monitor'] = { sampleEvery: null, sampleEveryEpochs: 1, gridSize: 8 };

const common: ArchitectureOptions = {
  model,
  objective,
  augmentation,
  optimizer: { generator: adam, discriminator: adam },
  training,
  monitor,
};

export const architectureDefaults = Object.fromEntries(
  architectureNames.map((name) => [name, merged(common, architectures[name].about.defaults)]),
) as Readonly<Record<ArchitectureName, ArchitectureOptions>>;

/** Length and grids where the data are drawn on demand, so that an epoch has no end. */
export const endlessDefaults = { steps: 20_000, sampleEvery: 500 } as const;

/** Seconds of training that a crash may cost at the most, however slow the steps are. */
export const CHECKPOINT_SECONDS = 60;

/** The same for every architecture. */
export const commonDefaults = {
  data: {
    resize: 'crop',
    columns: { image: null, label: null },
    input: 'edges',
    augment: { flip: false, shift: 0 },
    points: 'ring',
    balanceClasses: false,
  },
  training: { seed: 0 },
  monitor: { logEvery: 10, sampleEverySeconds: 10, checkpointEvery: 500, keepCheckpoints: 3 },
  device: 'auto',
  deviceFallback: 'none',
} as const;
