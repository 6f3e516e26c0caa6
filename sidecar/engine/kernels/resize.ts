/** Resizing of images [batch, height, width, channels], nearest-neighbour and bilinear, and its gradients. */
import * as tf from '@tensorflow/tfjs-core';
import { cast, matmul } from '../graph/arithmetic.ts';
import { gather, reshape, transpose } from '../graph/layout.ts';
import { constant } from '../graph/record.ts';
import type { Value } from '../graph/value.ts';
import { type KernelTable, kernel } from './kernel.ts';

interface Alignment {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** For each new row (or column), where in the old ones it lies, before rounding. */
function sources(from: number, to: number, { alignCorners, halfPixelCenters }: Alignment, halfBack: number): number[] {
  const aligned = alignCorners && to > 1;
  const ratio = (aligned ? from - 1 : from) / (aligned ? to - 1 : to);
  return Array.from({ length: to }, (_, at) => (halfPixelCenters ? ratio * (at + 0.5) - halfBack : ratio * at));
}

/** For each new row (or column), the old one that nearest-neighbour resizing reads. */
function nearest(from: number, to: number, alignment: Alignment): number[] {
  const round = alignment.alignCorners ? Math.round : Math.floor;
  return sources(from, to, alignment, 0).map((source) => Math.max(0, Math.min(from - 1, round(source))));
}

/** The 0-1 matrix [to, from] that picks `nearest` rows. */
function nearestMatrix(from: number, to: number, alignment: Alignment): Value {
  const data = new Float32Array(to * from);
  nearest(from, to, alignment).forEach((source, row) => {
    data[row * from + source] = 1;
  });
  return constant('float32', [to, from], data);
}

/** The matrix [to, from] that mixes two neighbours into each new row. */
function bilinearMatrix(from: number, to: number, alignment: Alignment): Value {
  const data = new Float32Array(to * from);
  sources(from, to, alignment, 0.5).forEach((source, row) => {
    const low = Math.max(0, Math.floor(source));
    const high = Math.min(from - 1, Math.ceil(source));
    const share = source - low;
    data[row * from + low]! += 1 - share;
    data[row * from + high]! += share;
  });
  return constant('float32', [to, from], data);
}

/** Mixes the rows and the columns of images by matrices [new, old]. */
function mix(x: Value, rows: Value, columns: Value): Value {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const [newHeight, newWidth] = [rows.shape[0]!, columns.shape[0]!];
  const down = matmul(rows, reshape(x, [batch, height, width * channels]));
  const across = matmul(columns, reshape(down, [batch * newHeight, width, channels]));
  return reshape(across, [batch, newHeight, newWidth, channels]);
}

const turned = (matrix: Value) => transpose(matrix, [1, 0]);

type Matrix = (from: number, to: number, alignment: Alignment) => Value;

const gradient = (matrix: Matrix) =>
  kernel<tf.ResizeBilinearGradAttrs>((inputs, { alignCorners, halfPixelCenters = false }) => {
    const [dy, { shape }] = [inputs.get('dy'), inputs.get('images')];
    const along = (axis: number) => turned(matrix(shape[axis]!, dy.shape[axis]!, { alignCorners, halfPixelCenters }));
    return mix(dy, along(1), along(2));
  });

const indices = (values: readonly number[]) => constant('int32', [values.length], Int32Array.from(values));

export const resizing: KernelTable = {
  [tf.ResizeNearestNeighbor]: kernel<tf.ResizeNearestNeighborAttrs>((inputs, attributes) => {
    const x = cast(inputs.get('images'), 'float32');
    const along = (axis: number) => indices(nearest(x.shape[axis]!, attributes.size[axis - 1]!, attributes));
    return gather(gather(x, along(1), 1), along(2), 2);
  }),
  [tf.ResizeNearestNeighborGrad]: gradient(nearestMatrix),
  [tf.ResizeBilinear]: kernel<tf.ResizeBilinearAttrs>((inputs, attributes) => {
    const x = cast(inputs.get('images'), 'float32');
    const along = (axis: number) => bilinearMatrix(x.shape[axis]!, attributes.size[axis - 1]!, attributes);
    return mix(x, along(1), along(2));
  }),
  [tf.ResizeBilinearGrad]: gradient(bilinearMatrix),
};
