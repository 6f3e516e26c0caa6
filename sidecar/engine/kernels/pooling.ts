/** Pooling of images and volumes, its gradients, and grey-scale dilation. */
import * as tf from '@tensorflow/tfjs-core';
import { add, cast, compare, div, mul, reduce, scalar, unary, where } from '../graph/arithmetic.ts';
import { expand, reshape } from '../graph/layout.ts';
import { constant, node } from '../graph/record.ts';
import { int, type Value } from '../graph/value.ts';
import { indexTable, sizesOf, sumWindows, type Windows, windowIndices, windows } from '../graph/windows.ts';
import { type Kernel, type KernelTable, kernel } from './kernel.ts';
import {
  dilationWindows,
  type PlanarPoolAttributes,
  poolWindows,
  type VolumePoolAttributes,
  volumePoolWindows,
} from './windows-of.ts';

const LOWEST = -3.4028234663852886e38;

const pooled = (x: Value, w: Windows) => reshape(x, [w.batch, ...w.output, x.shape.at(-1)!]);

/** Pixels of the image, not of its padding, under each window, at least 1: [outPixels, 1]. */
function windowSizes(w: Windows): Value {
  const { outPixels, taps } = sizesOf(w);
  const sizes = new Float32Array(outPixels);
  windowIndices(w, -1).forEach((pixel, pair) => {
    if (pixel >= 0) sizes[Math.floor(pair / taps)]! += 1;
  });
  return constant(
    'float32',
    [outPixels, 1],
    sizes.map((size) => Math.max(1, size)),
  );
}

/** Windows of one pixel, as many as pixels: TensorFlow.js returns the image, however it is padded and strided. */
const samePixels = (w: Windows): boolean =>
  w.kernel.every((length) => length === 1) && w.output.every((length, axis) => length === w.input[axis]);

const maxPool = (x: Value, w: Windows) =>
  samePixels(w) ? x : pooled(reduce('ReduceMax', windows(x, w, LOWEST), [2]), w);

const avgPool = (x: Value, w: Windows) =>
  samePixels(w) ? x : pooled(div(reduce('ReduceSum', windows(x, w, 0), [2]), windowSizes(w)), w);

function avgPoolGradient(dy: Value, w: Windows): Value {
  const channels = dy.shape.at(-1)!;
  const { outPixels, taps } = sizesOf(w);
  const share = div(reshape(dy, [w.batch, outPixels, channels]), windowSizes(w));
  return sumWindows(expand(reshape(share, [w.batch, outPixels, 1, channels]), [w.batch, outPixels, taps, channels]), w);
}

/** Where in its window the first greatest value stands: 1 there, else 0, [batch, outPixels, taps, channels]. */
function firstGreatest(values: Value): Value {
  const [batch, outPixels, taps, channels] = values.shape as [number, number, number, number];
  const at = node('ArgMax', [values], 'int64', [batch, outPixels, 1, channels], { axis: int(2), keepdims: int(1) });
  const numbers = constant(
    'int32',
    [taps, 1],
    Int32Array.from({ length: taps }, (_, tap) => tap),
  );
  return compare('Equal', cast(at, 'int32'), numbers);
}

/** Gives each window's gradient to one position of it. */
function shareOf(won: Value, dy: Value, w: Windows): Value {
  const { outPixels } = sizesOf(w);
  return mul(cast(won, 'float32'), reshape(dy, [w.batch, outPixels, 1, dy.shape.at(-1)!]));
}

const maxPoolGradient = (dy: Value, x: Value, w: Windows) =>
  sumWindows(shareOf(firstGreatest(windows(x, w, LOWEST)), dy, w), w);

/** The pixel each maximum was found at, as TensorFlow counts: ((image · height + y) · width + x) · channels + c. */
function maxPositions(x: Value, w: Windows, acrossBatch: boolean): Value {
  const channels = x.shape[3]!;
  const { pixels, outPixels, taps } = sizesOf(w);
  const won = cast(firstGreatest(windows(x, w, LOWEST)), 'int32');
  const pixel = reduce('ReduceSum', mul(won, reshape(indexTable(w), [1, outPixels, taps, 1])), [2]);
  const channel = constant('int32', [channels], Int32Array.from(Array(channels).keys()));
  const within = add(mul(pixel, constant('int32', [], Int32Array.of(channels))), channel);
  if (!acrossBatch) return pooled(within, w);
  const first = Int32Array.from({ length: w.batch }, (_, image) => image * pixels * channels);
  return pooled(add(within, constant('int32', [w.batch, 1, 1], first)), w);
}

/** x + filter under each window, whose greatest is the dilation. */
function raised(x: Value, filter: Value, w: Windows): Value {
  return add(windows(x, w, LOWEST), reshape(filter, [1, sizesOf(w).taps, filter.shape[2]!]));
}

type Pooling<Attributes> = (shape: readonly number[], attributes: Attributes) => Windows;

const forward = <A>(pool: (x: Value, w: Windows) => Value, of: Pooling<A>): Kernel =>
  kernel<A>((inputs, attributes) => {
    const x = inputs.get('x');
    return pool(x, of(x.shape, attributes));
  });

const backward = <A>(gradient: (dy: Value, x: Value, w: Windows) => Value, of: Pooling<A>): Kernel =>
  kernel<A>((inputs, attributes) => {
    const x = inputs.get('input');
    return gradient(inputs.get('dy'), x, of(x.shape, attributes));
  });

/** The gradient of dilation, by way of what each window's gradient gives to one position. */
const dilationGradient = (collect: (shares: Value, w: Windows, filter: Value) => Value): Kernel =>
  kernel<tf.Dilation2DAttrs>((inputs, attributes) => {
    const [x, filter, dy] = [inputs.get('x'), inputs.get('filter'), inputs.get('dy')];
    const w = dilationWindows(x.shape, filter.shape, attributes);
    return collect(shareOf(firstGreatest(raised(x, filter, w)), dy, w), w, filter);
  });

export const pooling: KernelTable = {
  [tf.MaxPool]: forward<PlanarPoolAttributes>(maxPool, poolWindows),
  [tf.MaxPoolGrad]: backward<PlanarPoolAttributes>(maxPoolGradient, poolWindows),
  [tf.AvgPool]: forward<PlanarPoolAttributes>(avgPool, poolWindows),
  [tf.AvgPoolGrad]: backward<PlanarPoolAttributes>((dy, _, w) => avgPoolGradient(dy, w), poolWindows),
  [tf.MaxPool3D]: forward<VolumePoolAttributes>(maxPool, volumePoolWindows),
  [tf.MaxPool3DGrad]: backward<VolumePoolAttributes>(maxPoolGradient, volumePoolWindows),
  [tf.AvgPool3D]: forward<VolumePoolAttributes>(avgPool, volumePoolWindows),
  [tf.AvgPool3DGrad]: backward<VolumePoolAttributes>((dy, _, w) => avgPoolGradient(dy, w), volumePoolWindows),
  [tf.MaxPoolWithArgmax]: kernel<tf.MaxPoolWithArgmaxAttrs>((inputs, attributes) => {
    const given = inputs.get('x');
    if (given.shape.length !== 4) throw inputs.unsupported('its input must have rank 4');
    // Positions of NaN would be nobody's.
    const x = where(unary('IsNaN', given, {}, 'bool'), scalar(LOWEST), given);
    const w = poolWindows(x.shape, attributes);
    return [maxPool(x, w), maxPositions(x, w, attributes.includeBatchInIndex)];
  }),
  [tf.Dilation2D]: kernel<tf.Dilation2DAttrs>((inputs, attributes) => {
    const [x, filter] = [inputs.get('x'), inputs.get('filter')];
    const w = dilationWindows(x.shape, filter.shape, attributes);
    return pooled(reduce('ReduceMax', raised(x, filter, w), [2]), w);
  }),
  [tf.Dilation2DBackpropInput]: dilationGradient((shares, w) => sumWindows(shares, w)),
  [tf.Dilation2DBackpropFilter]: dilationGradient((shares, _, filter) =>
    reshape(reduce('ReduceSum', shares, [0, 1]), filter.shape),
  ),
};
