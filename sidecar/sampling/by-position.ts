/**
 * Draws examples position by position. Two small programs do it: one runs for a row of positions, the
 * other for one position and the values there, both from what they remember of those before. An example
 * costs what one pass of the network over it costs.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensor, HostTensorMap } from '../engine/engine.ts';
import type { AutoregressiveArchitecture, ModelSpec } from '../models/architecture.ts';
import { rasterOf } from '../models/raster.ts';
import { dequantize } from '../objectives/likelihood/loss.ts';
import { uniforms } from './counter-random.ts';
import type { Drawer, DrawRequest } from './drawer.ts';
import { oneHot } from './one-hot.ts';
import { StreamingLayers } from './streaming-layers.ts';
import type { Variables } from './variables.ts';

/** What the programs remember grows with the examples that are drawn at once. */
const BLOCK = 64;

/** With the weights of the network `prefix`. */
export function drawerByPosition(
  architecture: AutoregressiveArchitecture,
  spec: ModelSpec,
  variables: Variables,
  prefix: string,
  engine: Engine,
): Drawer {
  const { classes } = spec;
  const { height, width, values } = rasterOf(spec.example);
  /** Of the row program, which is traced before a pixel's. */
  let maps = 0;

  // From the row above, [n, 1, width, c], what the horizontal stack is given, by column: [width, n, 1, 1, …].
  const rowProgram =
    architecture.rows &&
    engine.compile('row of samples', ({ above, row, labels, ...memory }) => {
      const layers = new StreamingLayers(variables, prefix, memory, row as tf.Tensor);
      const verticals = architecture.rows?.<tf.Tensor>(layers, above as tf.Tensor, labels ?? null, spec) ?? [];
      maps = verticals.length;
      const columns = tf.transpose(tf.concat(verticals, -1), [2, 0, 1, 3]);
      return { columns: tf.expandDims(columns, 2), ...layers.remembered };
    });

  // From the pixel to the left, [n, 1, 1, c], and its own column, the pixel.
  const pixelProgram = engine.compile('pixel of samples', ({ left, column, chance, labels, ...memory }) => {
    const layers = new StreamingLayers(variables, prefix, memory, null);
    const verticals = column === undefined ? [] : layers.split(column, maps);
    const features = architecture.positions<tf.Tensor>(layers, left as tf.Tensor, verticals, labels ?? null, spec);
    const pixel: tf.Tensor[] = [];
    for (const uniform of layers.split(chance as tf.Tensor, values)) {
      const logits = architecture.value<tf.Tensor>(layers, features, pixel, spec);
      pixel.push(dequantize(drawLevels(logits, uniform), spec.levels));
    }
    return { pixel: layers.concat(pixel), ...layers.remembered };
  });

  return {
    block: BLOCK,
    ownLabels: false,
    async draw({ count, labels, seed, stream }: DrawRequest) {
      const counter = { seed, step: 0 };
      const given: HostTensorMap = labels === null ? {} : { labels: oneHot(labels, classes) };
      const pixels = { count, size: height * width * values };
      const all = new Float32Array(pixels.count * pixels.size);
      const chances = uniforms(seed, stream, all.length);
      let above = tensor([count, 1, width, values]);
      let rowMemory: HostTensorMap = {};
      for (let y = 0; y < height; y++) {
        const row: HostTensor = { dtype: 'int32', shape: [1], data: Int32Array.of(y) };
        const seen = await rowProgram?.run({ above, row, ...given, ...rowMemory }, counter);
        const { columns = null, ...remembered } = seen ?? {};
        rowMemory = remembered;
        let left = tensor([count, 1, 1, values]);
        let memory: HostTensorMap = {};
        for (let x = 0; x < width; x++) {
          const at = (y * width + x) * values;
          const chance = tensor([count, 1, 1, values], gather(chances, pixels, at, values));
          const column = columns && { column: part(columns, x) };
          const { pixel, ...rest } = await pixelProgram.run({ left, ...column, chance, ...given, ...memory }, counter);
          left = pixel as HostTensor;
          memory = rest;
          scatter(left.data, all, pixels, at, values);
        }
        above = tensor(above.shape, gather(all, pixels, y * width * values, width * values));
      }
      const examples: HostTensor = { dtype: 'float32', shape: [count, ...spec.example], data: all };
      return { examples, labels, sources: null, wanted: null };
    },
    dispose() {
      rowProgram?.dispose();
      pixelProgram.dispose();
    },
  };
}

/**
 * Numbers of levels with the probabilities of a softmax: how many levels' cumulated probability lies
 * at or below a uniform number. Logits [n, 1, 1, levels], uniform [n, 1, 1, 1] in [0, 1).
 */
export function drawLevels(logits: tf.Tensor, uniform: tf.Tensor): tf.Tensor {
  const [n = 0, , , levels = 0] = logits.shape;
  // Rounding may leave the sum of all below 1, so the last level has no bound.
  const bounds = tf.slice(tf.cumsum(tf.softmax(logits), 3), [0, 0, 0, 0], [n, 1, 1, levels - 1]);
  return tf.sum(tf.cast(tf.lessEqual(bounds, uniform), 'float32'), -1, true);
}

const tensor = (shape: readonly number[], data?: Float32Array): HostTensor => ({
  dtype: 'float32',
  shape,
  data: data ?? new Float32Array(shape.reduce((product, n) => product * n, 1)),
});

/** Element `at` of the first dimension, without a copy. */
function part({ dtype, shape: [, ...shape], data }: HostTensor, at: number): HostTensor {
  const size = shape.reduce((product, n) => product * n, 1);
  return { dtype, shape, data: data.subarray(at * size, (at + 1) * size) };
}

/** Images that follow each other, `size` values each. */
interface Images {
  readonly count: number;
  readonly size: number;
}

/** `length` values of each image, from place `at` of each. */
function gather(from: Float32Array, { count, size }: Images, at: number, length: number): Float32Array {
  const gathered = new Float32Array(count * length);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < length; j++) gathered[i * length + j] = from[i * size + at + j] as number;
  }
  return gathered;
}

/** The reverse of `gather`. */
function scatter(
  from: HostTensor['data'],
  into: Float32Array,
  { count, size }: Images,
  at: number,
  length: number,
): void {
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < length; j++) into[i * size + at + j] = from[i * length + j] as number;
  }
}
