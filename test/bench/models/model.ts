/** What a benchmark trains: one step's program over an engine, with data that every engine gets. */
import type { OptimizerConfig } from '../../../sidecar/config/resolved-config.ts';
import type { Batch as ProductBatch } from '../../../sidecar/data/dataset.ts';
import type { Engine } from '../../../sidecar/engine/engine.ts';
import type { Variables } from '../../../sidecar/sampling/variables.ts';

/** Both networks' losses in one step, before the update that each is for. */
export interface Losses {
  readonly discriminator: number;
  readonly generator: number;
}

export interface Images {
  /** Height and width in pixels. */
  readonly size: number;
  readonly channels: number;
  /** Classes of a conditional model, else 0. */
  readonly classes: number;
}

/** One step's images. */
export interface Batch {
  /** NHWC in [−1, 1]: [batch, size, size, channels]. */
  readonly images: Float32Array;
  /** Class numbers [batch], or null. */
  readonly labels: Int32Array | null;
}

/** The same as the product's datasets deliver it. */
export const batchOf = ({ images, labels }: Batch, { size, channels }: Images): ProductBatch => ({
  examples: {
    dtype: 'float32',
    shape: [images.length / (size * size * channels), size, size, channels],
    data: images,
  },
  labels,
  sources: null,
});

/** A model on one engine; the first step traces or builds whatever has to be. */
export interface Program {
  readonly variables: Variables;
  /** `step` counts from 0 and selects noise and dropout. */
  run(step: number, batch: Batch): Promise<Losses>;
}

export interface BenchModel {
  readonly id: string;
  /** One line for the report. */
  readonly title: string;
  readonly images: Images;
  readonly latentSize: number;
  readonly optimizer: OptimizerConfig;
  /** Makes the weights, from a fixed seed, and the program on the engine that was opened last. */
  create(engine: Engine, batchSize: number): Program;
}

/** Of weights, noise and dropout alike. */
export const SEED = 1;

/** Distinct batches in memory; steps go through them again and again. */
export const BATCHES = 4;
