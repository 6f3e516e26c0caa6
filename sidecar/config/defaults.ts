/**
 * What a config leaves out comes from its architecture's defaults. The schema's texts quote these
 * numbers, so they stand nowhere else.
 */
import type {
  ArchitectureName,
  AugmentationConfig,
  ModelConfig,
  ObjectiveConfig,
  OptimizerConfig,
  ResolvedConfig,
  TrainingConfig,
} from './resolved-config.ts';

export interface Defaults {
  readonly model: Omit<ModelConfig, 'architecture'>;
  readonly objective: ObjectiveConfig;
  readonly augmentation: AugmentationConfig;
  readonly optimizer: ResolvedConfig['optimizer'];
  readonly training: Omit<TrainingConfig, 'seed'>;
  readonly monitor: Pick<ResolvedConfig['monitor'], 'sampleEvery' | 'sampleEveryEpochs' | 'gridSize'>;
}

const model: Defaults['model'] = {
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
  penalties: { gradient: 0, r1: 0, r2: 0, dragan: 0, lecam: 0 },
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

const both = (optimizer: OptimizerConfig): ResolvedConfig['optimizer'] => ({
  generator: optimizer,
  discriminator: optimizer,
});

const training: Defaults['training'] = {
  steps: null,
  epochs: 25,
  batchSize: 128,
  schedule: { kind: 'constant', warmupImages: 0, everyImages: 1_000_000, factor: 0.5 },
  burnIn: { images: 0, learningRate: 1, penalty: 1, beta2: 0.9 },
  emaHalfLife: 0,
  growEvery: 100_000,
};

const monitor: Defaults['monitor'] = { sampleEvery: null, sampleEveryEpochs: 1, gridSize: 8 };

const common: Defaults = { model, objective, augmentation, optimizer: both(adam), training, monitor };

export const architectureDefaults: Readonly<Record<ArchitectureName, Defaults>> = {
  // The chapter names only Adam's learning rate. β₁ is DCGAN's (Radford et al. 2015): with Adam's own
  // 0.9 the generator of chapter-mlp-conv collapses within 1,000 steps on MNIST.
  'chapter-mlp-conv': {
    ...common,
    model: { ...model, dropout: 0.25 },
    optimizer: both({ ...adam, learningRate: 5e-4 }),
    training: { ...training, epochs: 100 },
    monitor: { sampleEvery: null, sampleEveryEpochs: 10, gridSize: 4 },
  },
  'chapter-deep': {
    ...common,
    model: { ...model, conditional: true, dropout: 0.25 },
    optimizer: both({ ...adam, learningRate: 5e-4 }),
    training: { ...training, steps: 100_000, epochs: null },
    monitor: { sampleEvery: 1000, sampleEveryEpochs: null, gridSize: 10 },
  },
  dcgan: { ...common, model: { ...model, normalization: { generator: 'batch', discriminator: 'batch' } } },
  // Hinge loss, Adam (0, 0.9) and spectral normalisation: Miyato et al. 2018, table 1 and appendix.
  resnet: {
    ...common,
    model: { ...model, latentSize: 128, spectralNormalization: 'discriminator' },
    objective: { ...objective, loss: 'hinge' },
    optimizer: both({ ...adam, beta1: 0, beta2: 0.9 }),
    training: { ...training, batchSize: 64 },
  },
  // Huang et al. 2024, "The GAN is dead; long live the GAN!": loss, penalties, Adam with beta1 0.
  r3gan: {
    ...common,
    model: {
      ...model,
      latentSize: 64,
      baseChannels: 16,
      normalization: { generator: 'none', discriminator: 'none' },
    },
    objective: { ...objective, loss: 'relativistic', penalties: { ...objective.penalties, r1: 1, r2: 1 } },
    optimizer: both({ ...adam, beta1: 0, beta2: 0.99 }),
    training: { ...training, batchSize: 64, emaHalfLife: 20_000 },
  },
  // Karras et al. 2018: WGAN-GP, Adam (0, 0.99) at 1e-3, average of the generator's weights.
  progressive: {
    ...common,
    model: {
      ...model,
      latentSize: 128,
      normalization: { generator: 'pixel', discriminator: 'none' },
      minibatch: 'standard-deviation',
    },
    objective: { ...objective, loss: 'wasserstein', penalties: { ...objective.penalties, gradient: 10 } },
    optimizer: both({ ...adam, learningRate: 1e-3, beta1: 0, beta2: 0.99 }),
    training: { ...training, batchSize: 32, emaHalfLife: 10_000 },
  },
  // Ledig et al. 2017 (SRGAN), without the VGG features: content is the mean absolute difference.
  'super-resolution': {
    ...common,
    model: { ...model, blocks: 5 },
    objective: { ...objective, content: 100 },
    optimizer: both({ ...adam, learningRate: 1e-4, beta1: 0.9 }),
    training: { ...training, batchSize: 16 },
    monitor: { ...monitor, gridSize: 6 },
  },
  // Isola et al. 2017 (pix2pix): L1 of weight 100, Adam 2e-4 (0.5, 0.999), patch discriminator.
  'image-to-image': {
    ...common,
    model: { ...model, normalization: { generator: 'batch', discriminator: 'batch' }, dropout: 0.5 },
    objective: { ...objective, content: 100 },
    training: { ...training, batchSize: 16 },
    monitor: { ...monitor, gridSize: 6 },
  },
  // Kingma and Welling 2014: Bernoulli pixels, one z an image; Adam with its authors' numbers.
  vae: {
    ...common,
    model: { ...model, latentSize: 16, baseChannels: 32 },
    objective: { ...objective, loss: 'elbo' },
    optimizer: both({ ...adam, learningRate: 1e-3, beta1: 0.9 }),
  },
  // Van den Oord et al. 2016, sized for a processor: small batches make more updates of the same images.
  pixelcnn: {
    ...common,
    model: { ...model, normalization: { generator: 'none', discriminator: 'none' }, baseChannels: 16, levels: 16 },
    objective: { ...objective, loss: 'likelihood' },
    optimizer: both({ ...adam, learningRate: 1e-3, beta1: 0.9 }),
    training: { ...training, batchSize: 16, emaHalfLife: 5_000 },
    monitor: { ...monitor, gridSize: 4 },
  },
};

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
    balanceClasses: false,
  },
  training: { seed: 0 },
  monitor: { logEvery: 10, sampleEverySeconds: 10, checkpointEvery: 500, keepCheckpoints: 3 },
  device: 'auto',
  deviceFallback: 'none',
} as const;
