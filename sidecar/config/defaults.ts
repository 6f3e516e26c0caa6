/**
 * Defaults. What a config leaves out comes from the preset of its architecture, then from
 * `commonDefaults`. The schema's texts quote these numbers, so they stand nowhere else.
 */
import type { AdamConfig, ArchitectureName } from './schema.ts';

export interface Preset {
  readonly model: { readonly latentSize: number; readonly conditional: boolean; readonly baseChannels: number };
  /** Of both networks. */
  readonly optimizer: AdamConfig;
  readonly training: { readonly steps: number | null; readonly epochs: number | null; readonly batchSize: number };
  readonly monitor: {
    readonly sampleEvery: number | null;
    readonly sampleEveryEpochs: number | null;
    readonly gridSize: number;
  };
}

export const presets: Readonly<Record<ArchitectureName, Preset>> = {
  // The chapter names only Adam's learning rate. β₁ is DCGAN's (Radford et al. 2015): with Adam's own
  // 0.9 the generator of chapter-mlp-conv collapses within 1,000 steps on MNIST.
  'chapter-mlp-conv': {
    model: { latentSize: 100, conditional: false, baseChannels: 64 },
    optimizer: { learningRate: 5e-4, beta1: 0.5, beta2: 0.999 },
    training: { steps: null, epochs: 100, batchSize: 128 },
    monitor: { sampleEvery: null, sampleEveryEpochs: 10, gridSize: 4 },
  },
  'chapter-deep': {
    model: { latentSize: 100, conditional: true, baseChannels: 64 },
    optimizer: { learningRate: 5e-4, beta1: 0.5, beta2: 0.999 },
    training: { steps: 100_000, epochs: null, batchSize: 128 },
    monitor: { sampleEvery: 1000, sampleEveryEpochs: null, gridSize: 10 },
  },
  dcgan: {
    model: { latentSize: 100, conditional: false, baseChannels: 64 },
    optimizer: { learningRate: 2e-4, beta1: 0.5, beta2: 0.999 },
    training: { steps: null, epochs: 25, batchSize: 128 },
    monitor: { sampleEvery: null, sampleEveryEpochs: 1, gridSize: 8 },
  },
};

/** Length and grids where the data are drawn on demand, so that an epoch has no end. */
export const endlessDefaults = { steps: 20_000, sampleEvery: 500 } as const;

/** Seconds of training that a crash may cost at the most, however slow the steps are. */
export const CHECKPOINT_SECONDS = 60;

/** The same for every architecture. */
export const commonDefaults = {
  objective: { loss: 'non-saturating' },
  data: { resize: 'crop' },
  training: { seed: 0 },
  monitor: { logEvery: 10, sampleEverySeconds: 10, checkpointEvery: 500, keepCheckpoints: 3 },
  device: 'auto',
  deviceFallback: 'none',
} as const;
