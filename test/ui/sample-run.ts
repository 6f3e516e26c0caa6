/** Runs to show: metrics as a GAN's look, and sample grids that go from noise to digits. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { MetricsRow } from '../../sidecar/protocol.ts';
import type { PanelRun } from '../../webview/messages.ts';
import { sharedDataFolder } from '../host/paths.ts';

export const BATCH = 128;
const GRID = 8;
const SIZE = 28;

export function sampleRun(change: Partial<PanelRun> = {}): PanelRun {
  return {
    version: 1,
    name: 'mnist-dcgan',
    configPath: '/projects/mnist/gan.config.json',
    startedAt: '2026-03-02T14:05:00.000Z',
    endedAt: null,
    state: 'running',
    pid: 4711,
    host: 'workstation',
    device: { id: 'cpu', name: 'CPU, 8 threads', engine: 'onnxruntime-node 1.30.0' },
    versions: {},
    step: 0,
    steps: 3000,
    seed: 42,
    dataset: { name: 'mnist', size: 60_000, imageSize: 28, channels: 1, classes: 10 },
    error: null,
    ...change,
  };
}

/** Uniform in [0, 1), the same for the same seed (a multiplicative hash of the counter). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let x = state;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** `count` rows, `every` steps apart, starting after step 0: a noisy start, then a slow contest. */
export function sampleMetrics(count: number, every = 1): MetricsRow[] {
  const random = randomFrom(7);
  const noise = () => random() + random() + random() - 1.5;
  return Array.from({ length: count }, (_, i) => {
    const step = (i + 1) * every;
    const settled = 1 - Math.exp(-step / 260);
    const swing = Math.sin(step / 310) * 0.09 + Math.sin(step / 97) * 0.04;
    const generatorLoss =
      0.72 + 2.9 * (1 - settled) * Math.abs(Math.cos(step / 40)) + settled * (0.38 + swing) + noise() * 0.09;
    const discriminatorLoss = 1.38 - 0.75 * (1 - settled) - settled * (0.14 + swing * 0.8) + noise() * 0.05;
    return {
      step,
      seconds: step * 0.214,
      images: step * BATCH,
      generatorLoss,
      discriminatorLoss,
      imagesPerSecond: 598 + noise() * 12,
      realScore: 0.58 + noise() * 0.02,
      fakeScore: 0.41 + noise() * 0.02,
    };
  });
}

/** A PNG of 8 × 8 images at `progress` in [0, 1]: 0 is noise, 1 the digits themselves. */
export async function sampleGrid(progress: number): Promise<Buffer> {
  const side = GRID * SIZE;
  const pixels = Buffer.alloc(side * side);
  const random = randomFrom(Math.round(progress * 1000) + 1);
  const noise = (1 - progress) ** 1.6;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = (1 - noise) * digitPixel(y, x) + noise * 255 * random();
      pixels[y * side + x] = Math.max(0, Math.min(255, value));
    }
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
}

const digits = readDigits();

/** A pixel of the finished grid: MNIST's where it lies beside the project, else rings of ten sizes. */
function digitPixel(y: number, x: number): number {
  const image = Math.floor(y / SIZE) * GRID + Math.floor(x / SIZE);
  const [row, column] = [y % SIZE, x % SIZE];
  if (digits) return digits[16 + image * SIZE * SIZE + row * SIZE + column] ?? 0;
  const distance = Math.hypot(row - 13.5, column - 13.5) - 3 - (image % 10) * 0.8;
  return 255 * Math.max(0, 1 - Math.abs(distance) / 2);
}

function readDigits(): Buffer | null {
  const file = path.join(sharedDataFolder, 'mnist', 't10k-images-idx3-ubyte.gz');
  return existsSync(file) ? gunzipSync(readFileSync(file)) : null;
}
