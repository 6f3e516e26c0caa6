/** What the tests of run directories share. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { architectureDefaults } from '../../../sidecar/config/defaults.ts';
import type { ResolvedConfig } from '../../../sidecar/config/resolved-config.ts';
import { encodePicture, type Picture } from '../../../sidecar/modalities/images/grid.ts';
import type { CheckpointState } from '../../../sidecar/runs/recorder.ts';
import { RunWriter, type RunWriterOptions } from '../../../sidecar/runs/writer.ts';
import type { Preview } from '../../../sidecar/terms/preview.ts';
import { type MetricsRow, RECORD_VERSION, type RunRecord } from '../../../sidecar/terms/run-record.ts';

const folders: string[] = [];

/** An empty folder that `removeFolders` deletes. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gan-test-'));
  folders.push(folder);
  return folder;
}

/** For `afterEach`. */
export async function removeFolders(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

const { model, objective, augmentation, optimizer, training } = architectureDefaults['chapter-mlp-conv'];

export const config: ResolvedConfig = {
  name: 'tiny',
  model: { ...model, architecture: 'chapter-mlp-conv', latentSize: 3, baseChannels: 4 },
  objective,
  augmentation,
  data: {
    source: 'digits',
    path: null,
    labels: null,
    imageSize: null,
    channels: null,
    resize: 'crop',
    input: 'edges',
    inputPath: null,
    columns: { image: null, label: null },
    pixelRange: null,
    augment: { flip: false, shift: 0 },
    points: 'ring',
    balanceClasses: false,
  },
  optimizer,
  training: { ...training, steps: 100, epochs: null, batchSize: 4, seed: 7 },
  monitor: {
    logEvery: 1,
    sampleEvery: 10,
    sampleEveryEpochs: null,
    sampleEverySeconds: null,
    checkpointEvery: 10,
    keepCheckpoints: 3,
    gridSize: 2,
  },
  device: 'cpu',
  deviceFallback: 'none',
};

export const record: RunRecord = {
  version: RECORD_VERSION,
  name: 'tiny',
  configPath: '/somewhere/gan.config.json',
  startedAt: '2026-01-31T14:05:09.000Z',
  endedAt: null,
  state: 'running',
  pid: process.pid,
  host: 'here',
  device: null,
  versions: {},
  step: 0,
  steps: 100,
  seed: 7,
  dataset: null,
  samples: null,
  curves: [
    { metric: 'generatorLoss', label: 'Generator' },
    { metric: 'discriminatorLoss', label: 'Discriminator' },
  ],
  error: null,
};

/** A writer that has begun. */
export async function openWriter(directory: string, options: Partial<RunWriterOptions> = {}): Promise<RunWriter> {
  const writer = await RunWriter.open({ directory, record, config, resumedFrom: null, ...options });
  await writer.begin();
  return writer;
}

export const row = (step: number): MetricsRow => ({
  step,
  seconds: step / 10,
  images: 4 * step,
  generatorLoss: 1 / step,
  discriminatorLoss: Math.sqrt(step),
  imagesPerSecond: 40,
  stall: 0.01,
  realScore: 0.5,
});

/** A checkpoint whose every value follows from the step, so that a mixture of two is noticed. */
export const checkpointOf = (step: number, values = 1000): CheckpointState => ({
  step,
  seed: 7,
  images: 4 * step,
  seconds: step / 10,
  tensors: {
    'generator/dense/kernel': {
      dtype: 'float32',
      shape: [values / 4, 4],
      data: Float32Array.from({ length: values }, (_, i) => Math.fround(step + i / values)),
    },
    'generator/mask': { dtype: 'bool', shape: [3], data: Uint8Array.of(step % 2, 1, 0) },
    'optimizer/t': { dtype: 'int32', shape: [], data: Int32Array.of(step) },
  },
});

export async function grid(step: number): Promise<Preview> {
  const pixels = Uint8Array.from({ length: 6 * 4 }, (_, i) => (i * 7 + step) % 256);
  const picture: Picture = { pixels, width: 6, height: 4, channels: 1 };
  const layout = { kind: 'grid', columns: [], pitch: 6 } as const;
  const { width, height, channels } = picture;
  return { layout, mime: 'image/png', bytes: await encodePicture(picture), width, height, channels };
}
