/** Tiny configs, datasets and recorders for the training tests. */
import assert from 'node:assert/strict';
import type { ResolvedConfig } from '../../sidecar/config/schema.ts';
import type { Batch, Dataset } from '../../sidecar/data/dataset.ts';
import type { CheckpointState, RunControl, RunRecorder, SampleGrid } from '../../sidecar/runs/recorder.ts';
import type { MetricsRow } from '../../sidecar/runs/run-record.ts';
import { uniforms } from '../../sidecar/training/counter-random.ts';

type Overrides = { readonly [Group in keyof ResolvedConfig]?: Partial<ResolvedConfig[Group]> };

/** 8×8 images, four at a time, with the chapter's code. */
export function tinyConfig(overrides: Overrides = {}): ResolvedConfig {
  const adam = { learningRate: 1e-3, beta1: 0.5, beta2: 0.999 };
  return {
    name: 'tiny',
    model: { architecture: 'chapter-mlp-conv', latentSize: 3, conditional: false, baseChannels: 4, ...overrides.model },
    objective: { loss: 'non-saturating', ...overrides.objective },
    data: { source: 'idx', path: null, labels: null, imageSize: null, channels: null, resize: 'refuse' },
    optimizer: { generator: adam, discriminator: adam, ...overrides.optimizer },
    training: { steps: 6, epochs: null, batchSize: 4, seed: 7, ...overrides.training },
    monitor: {
      logEvery: 1,
      sampleEvery: null,
      sampleEveryEpochs: null,
      sampleEverySeconds: null,
      checkpointEvery: 1000,
      keepCheckpoints: 1,
      gridSize: 2,
      ...overrides.monitor,
    },
    device: 'cpu',
    deviceFallback: 'none',
  };
}

/** Uniform noise with labels that count 0, 1, 2, 0, … */
export function noiseDataset(imageSize = 8, channels = 1, size = 64): Dataset {
  const pixels = imageSize * imageSize * channels;
  const images = uniforms(1, 'dataset', size * pixels).map((x) => 2 * x - 1);
  return memoryDataset(images, imageSize, channels);
}

export function memoryDataset(images: Float32Array, imageSize: number, channels: number): Dataset {
  const pixels = imageSize * imageSize * channels;
  return {
    info: {
      name: 'noise',
      size: images.length / pixels,
      imageSize,
      channels,
      classNames: ['a', 'b', 'c'],
      skipped: [],
    },
    async read(indices): Promise<Batch> {
      const batch = new Float32Array(indices.length * pixels);
      for (const [i, index] of indices.entries()) {
        batch.set(images.subarray(index * pixels, (index + 1) * pixels), i * pixels);
      }
      return { images: batch, labels: Int32Array.from(indices, (index) => index % 3) };
    },
    async close() {},
  };
}

/** Keeps everything in memory. */
export class MemoryRecorder implements RunRecorder {
  readonly rows: MetricsRow[] = [];
  readonly samples = new Map<number, SampleGrid>();
  readonly checkpoints: CheckpointState[] = [];
  /** What ended the run, where a test keeps it here. */
  failure: Error | undefined;

  async metrics(row: MetricsRow): Promise<void> {
    this.rows.push(row);
  }

  async sample(step: number, grid: SampleGrid): Promise<void> {
    this.samples.set(step, grid);
  }

  async checkpoint(state: CheckpointState): Promise<void> {
    this.checkpoints.push(state);
  }

  log(): void {}

  get last(): CheckpointState {
    const last = this.checkpoints.at(-1);
    if (!last) throw new Error('no checkpoint was recorded');
    return last;
  }
}

/** Nobody pauses and nobody stops. */
export const undisturbed: RunControl = { stopRequested: false, whileResumed: async () => {} };

/** Equal to within `tolerance`, relative to numbers above 1. */
export function close(actual: number, expected: number, tolerance: number): void {
  const difference = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  assert.ok(difference <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}
