/** Sample grids that go from noise to digits. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { HostTensor } from '../../sidecar/engine/engine.ts';
import { modalities } from '../../sidecar/modalities/index.ts';
import { sharedDataFolder } from '../host/paths.ts';
import { randomFrom } from './sample-run.ts';

const GRID = 8;
const SIZE = 28;

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

/** A PNG of 6 rows of two triples, with margins as the program draws them: edges, something blurred, a digit. */
export async function translationGrid(): Promise<Buffer> {
  const [columns, rows, pitch] = [6, 6, SIZE + 2];
  const [width, height] = [columns * pitch + 2, rows * pitch + 2];
  const pixels = Buffer.alloc(width * height, 128);
  for (let y = 0; y < rows * SIZE; y++) {
    for (let x = 0; x < columns * SIZE; x++) {
      const [row, column] = [Math.floor(y / SIZE), Math.floor(x / SIZE)];
      const pair = row * 2 + Math.floor(column / 3);
      const at = (dy: number, dx: number) =>
        digitPixel(
          Math.floor(pair / GRID) * SIZE + Math.min(SIZE - 1, Math.max(0, (y % SIZE) + dy)),
          (pair % GRID) * SIZE + Math.min(SIZE - 1, Math.max(0, (x % SIZE) + dx)),
        );
      const shown = [
        () => Math.min(255, Math.abs(at(0, 1) - at(0, -1)) + Math.abs(at(1, 0) - at(-1, 0))),
        () => (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4,
        () => at(0, 0),
      ];
      const top = 2 + row * pitch + (y % SIZE);
      pixels[top * width + 2 + column * pitch + (x % SIZE)] = shown[column % 3]?.() ?? 0;
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}

/** The preview of points as the program draws it: a ring of eight, of which a generator has found five. */
export async function scatterPlot(): Promise<Buffer> {
  const random = randomFrom(1);
  const ring = (modes: number, count: number): HostTensor => {
    const data = new Float32Array(2 * count);
    for (let i = 0; i < count; i++) {
      const angle = ((i % modes) * Math.PI) / 4;
      data[2 * i] = 0.8 * Math.cos(angle) + 0.08 * (random() - random());
      data[2 * i + 1] = 0.8 * Math.sin(angle) + 0.08 * (random() - random());
    }
    return { dtype: 'float32', shape: [count, 2], data };
  };
  const { points } = modalities;
  const request = points.request(0, false);
  const examples = { examples: ring(5, request.count), sources: null, wanted: null };
  const { bytes } = await points.preview(examples, { request, shape: [2], real: async (count) => ring(8, count) });
  return Buffer.from(bytes);
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
