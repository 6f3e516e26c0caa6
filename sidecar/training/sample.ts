/** The sample grid: what the generator makes of the same z again and again, in inference mode. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../config/schema.ts';
import type { Engine } from '../engine/engine.ts';
import type { SampleGrid } from '../runs/recorder.ts';
import { normals } from './counter-random.ts';
import type { Networks } from './networks.ts';
import { oneHot } from './one-hot.ts';

/** Pixels around and between the images, and their grey. */
const MARGIN = 2;
const MARGIN_VALUE = 128;

export interface Sampler {
  /** gridSize × gridSize images; a conditional model shows its classes in order, again and again. */
  draw(): Promise<SampleGrid>;
  dispose(): void;
}

/** z is drawn once from the config's seed, on any device the same. */
export function compileSampler(config: ResolvedConfig, networks: Networks, engine: Engine): Sampler {
  const { gridSize } = config.monitor;
  const { seed } = config.training;
  const { latentSize, classes } = networks.shape;
  const count = gridSize * gridSize;
  const z = {
    dtype: 'float32',
    shape: [count, latentSize],
    data: normals(seed, 'sample grid', count * latentSize),
  } as const;
  const order = Array.from({ length: count }, (_, i) => i % classes);
  const inputs = classes > 0 ? { z, labels: oneHot(order, classes) } : { z };

  const compiled = engine.compile('sample grid', ({ z, labels }) => ({
    images: networks.generate(z as Tensor, labels ?? null, { training: false }),
  }));
  return {
    async draw() {
      const { images } = await compiled.run(inputs, { seed, step: 0 });
      if (!images) throw new Error('the sample program returned no images');
      return toGrid(images.data, networks.shape.imageSize, networks.shape.channels as SampleGrid['channels'], gridSize);
    },
    dispose: () => compiled.dispose(),
  };
}

/** Lays out columns² images, NHWC in [−1, 1], row by row. */
export function toGrid(
  images: ArrayLike<number>,
  imageSize: number,
  channels: SampleGrid['channels'],
  columns: number,
): SampleGrid {
  const pitch = imageSize + MARGIN;
  const width = columns * pitch + MARGIN;
  const pixels = new Uint8Array(width * width * channels).fill(MARGIN_VALUE);
  const rowLength = imageSize * channels;
  for (let row = 0; row < columns * columns * imageSize; row++) {
    const cell = Math.floor(row / imageSize);
    const top = MARGIN + Math.floor(cell / columns) * pitch + (row % imageSize);
    const left = MARGIN + (cell % columns) * pitch;
    const start = (top * width + left) * channels;
    for (let i = 0; i < rowLength; i++) pixels[start + i] = toByte(images[row * rowLength + i] ?? 0);
  }
  return { pixels, width, height: width, channels };
}

const toByte = (x: number): number => Math.round((Math.min(1, Math.max(-1, x)) + 1) * 127.5);
