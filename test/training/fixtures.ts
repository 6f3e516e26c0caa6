/** Tiny configs, datasets and recorders for the training tests. */
import assert from 'node:assert/strict';
import { architectureDefaults } from '../../sidecar/config/defaults.ts';
import type { ArchitectureName, ResolvedConfig } from '../../sidecar/config/resolved-config.ts';
import type { Batch, Dataset } from '../../sidecar/data/dataset.ts';
import type { HostTensor } from '../../sidecar/engine/engine.ts';
import type { CheckpointState, RunControl, RunRecorder } from '../../sidecar/runs/recorder.ts';
import { uniforms } from '../../sidecar/sampling/counter-random.ts';
import type { Preview } from '../../sidecar/terms/preview.ts';
import type { MetricsRow } from '../../sidecar/terms/run-record.ts';

/** Part of a config, in any depth. */
export type Overrides = Deep<ResolvedConfig>;
type Deep<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]?: Deep<T[K]> } : T;

/** 8×8 images, four at a time, with the chapter's code unless another architecture is given. */
export function tinyConfig(overrides: Overrides = {}): ResolvedConfig {
  const architecture: ArchitectureName = overrides.model?.architecture ?? 'chapter-mlp-conv';
  const { model, objective, augmentation, optimizer, training } = architectureDefaults[architecture];
  const fast = { learningRate: 1e-3 };
  const tiny: ResolvedConfig = {
    name: 'tiny',
    model: { ...model, architecture, latentSize: 3, baseChannels: 4, conditional: false },
    objective,
    augmentation,
    data: {
      source: 'idx',
      path: null,
      labels: null,
      imageSize: null,
      channels: null,
      resize: 'refuse',
      input: 'edges',
      inputPath: null,
      columns: { image: null, label: null },
      pixelRange: null,
      augment: { flip: false, shift: 0 },
      points: 'ring',
      balanceClasses: false,
    },
    optimizer: {
      generator: { ...optimizer.generator, ...fast },
      discriminator: { ...optimizer.discriminator, ...fast },
    },
    training: { ...training, steps: 6, epochs: null, batchSize: 4, seed: 7 },
    monitor: {
      logEvery: 1,
      sampleEvery: null,
      sampleEveryEpochs: null,
      sampleEverySeconds: null,
      checkpointEvery: 1000,
      keepCheckpoints: 1,
      gridSize: 2,
    },
    device: 'cpu',
    deviceFallback: 'none',
  };
  return merged(tiny, overrides) as ResolvedConfig;
}

function merged(base: unknown, change: unknown): unknown {
  if (change === undefined) return base;
  const plain = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!plain(base) || !plain(change)) return change;
  const [from, to] = [base, change] as [Record<string, unknown>, Record<string, unknown>];
  return { ...from, ...Object.fromEntries(Object.entries(to).map(([key, value]) => [key, merged(from[key], value)])) };
}

/** Uniform noise with labels that count 0, 1, 2, 0, …; inputs are the first `inputChannels`, negated. */
export function noiseDataset(imageSize = 8, channels = 1, size = 64, inputChannels = 0): Dataset {
  const pixels = imageSize * imageSize * channels;
  const images = uniforms(1, 'dataset', size * pixels).map((x) => 2 * x - 1);
  return memoryDataset(images, imageSize, channels, inputChannels);
}

export function memoryDataset(images: Float32Array, imageSize: number, channels: number, inputChannels = 0): Dataset {
  const length = imageSize * imageSize * channels;
  return {
    info: {
      name: 'noise',
      size: images.length / length,
      modality: 'images',
      shape: [imageSize, imageSize, channels],
      sourceShape: inputChannels > 0 ? [imageSize, imageSize, inputChannels] : null,
      classNames: ['a', 'b', 'c'],
      skipped: [],
    },
    async read(indices): Promise<Batch> {
      const batch = new Float32Array(indices.length * length);
      for (const [i, index] of indices.entries()) {
        batch.set(images.subarray(index * length, (index + 1) * length), i * length);
      }
      const inputs = batch.filter((_, i) => i % channels < inputChannels).map((x) => -x);
      const pixels = (data: Float32Array, depth: number): HostTensor => ({
        dtype: 'float32',
        shape: [indices.length, imageSize, imageSize, depth],
        data,
      });
      return {
        examples: pixels(batch, channels),
        labels: Int32Array.from(indices, (index) => index % 3),
        sources: inputChannels > 0 ? pixels(inputs, inputChannels) : null,
      };
    },
    async close() {},
  };
}

/** Keeps everything in memory. */
export class MemoryRecorder implements RunRecorder {
  readonly rows: MetricsRow[] = [];
  readonly samples = new Map<number, Preview>();
  readonly checkpoints: CheckpointState[] = [];
  /** What ended the run, where a test keeps it here. */
  failure: Error | undefined;

  async metrics(row: MetricsRow): Promise<void> {
    this.rows.push(row);
  }

  async sample(step: number, preview: Preview): Promise<void> {
    this.samples.set(step, preview);
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

/** What of a row must not depend on how fast the machine is. */
export const numbersOf = ({ seconds, imagesPerSecond, stall, ...rest }: MetricsRow): Record<string, number> => rest;

/** Equal to within `tolerance`, relative to numbers above 1. */
export function close(actual: number, expected: number, tolerance: number): void {
  const difference = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  assert.ok(difference <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}
