/** Convolution, its gradients, pooling and resizing, over images [batch, height, width, channels]. */
import * as tf from '@tensorflow/tfjs-core';
import { cast, compare, div, mul, reduce } from '../graph/arithmetic.ts';
import { expand, gather, reshape, transpose } from '../graph/layout.ts';
import {
  convolve,
  convolveFilterGradient,
  convolveInputGradient,
  type Geometry,
  patches,
  sumTaps,
} from '../graph/patches.ts';
import { constant, node } from '../graph/record.ts';
import { int, type Value } from '../graph/value.ts';
import { type KernelInputs, type KernelTable, kernel } from './kernel.ts';
import { finish } from './linear-algebra.ts';

type Quad = [number, number, number, number];

/** What the attributes of every convolution kernel have in common. */
interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function geometryOf(info: tf.backend_util.Conv2DInfo): Geometry {
  return {
    batch: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    kernelHeight: info.filterHeight,
    kernelWidth: info.filterWidth,
    strideY: info.strideHeight,
    strideX: info.strideWidth,
    dilationY: info.dilationHeight,
    dilationX: info.dilationWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  };
}

function convolution(inputShape: readonly number[], filterShape: readonly number[], attributes: ConvolutionAttributes) {
  const { strides, pad, dataFormat, dilations, dimRoundingMode } = attributes;
  return geometryOf(
    tf.backend_util.computeConv2DInfo(
      [...inputShape] as Quad,
      [...filterShape] as Quad,
      strides,
      dilations ?? 1,
      pad,
      dimRoundingMode,
      false,
      tf.backend_util.convertConv2DDataFormat(dataFormat ?? 'NHWC'),
    ),
  );
}

const TO_NHWC = [0, 2, 3, 1];
const TO_NCHW = [0, 3, 1, 2];
const channelsFirst = ({ dataFormat }: ConvolutionAttributes) => dataFormat === 'NCHW';
const toNhwc = (x: Value, attributes: ConvolutionAttributes) => (channelsFirst(attributes) ? transpose(x, TO_NHWC) : x);
const fromNhwc = (x: Value, attributes: ConvolutionAttributes) =>
  channelsFirst(attributes) ? transpose(x, TO_NCHW) : x;

function conv2d(inputs: KernelInputs, attributes: ConvolutionAttributes): Value {
  const [x, filter] = [inputs.get('x'), inputs.get('filter')];
  if (filter.shape[2] !== x.shape[channelsFirst(attributes) ? 1 : 3]) {
    throw inputs.unsupported('grouped convolution is not supported');
  }
  return convolve(toNhwc(x, attributes), filter, convolution(x.shape, filter.shape, attributes));
}

interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function pooling(x: Value, { filterSize, strides, pad, dimRoundingMode }: PoolAttributes): Geometry {
  return geometryOf(
    tf.backend_util.computePool2DInfo([...x.shape] as Quad, filterSize, strides, 1, pad, dimRoundingMode),
  );
}

const pooled = (x: Value, g: Geometry) => reshape(x, [g.batch, g.outHeight, g.outWidth, x.shape.at(-1)!]);

const lowest = -3.4028234663852886e38;

/** Pixels of the image, not of its padding, under each position of the window: [outPixels, 1]. */
function windowSizes(g: Geometry): Value {
  const overlap = (out: number, stride: number, padding: number, kernel: number, length: number) =>
    Math.min(out * stride - padding + kernel, length) - Math.max(out * stride - padding, 0);
  const sizes = Array.from({ length: g.outHeight * g.outWidth }, (_, at) => {
    const [oy, ox] = [Math.floor(at / g.outWidth), at % g.outWidth];
    return (
      overlap(oy, g.strideY, g.padTop, g.kernelHeight, g.height) *
      overlap(ox, g.strideX, g.padLeft, g.kernelWidth, g.width)
    );
  });
  return constant('float32', [sizes.length, 1], Float32Array.from(sizes));
}

function avgPoolGradient(dy: Value, g: Geometry): Value {
  const [outPixels, channels, taps] = [g.outHeight * g.outWidth, dy.shape[3]!, g.kernelHeight * g.kernelWidth];
  const share = div(reshape(dy, [g.batch, outPixels, channels]), windowSizes(g));
  return sumTaps(expand(reshape(share, [g.batch, outPixels, 1, channels]), [g.batch, outPixels, taps, channels]), g);
}

/** Each window's gradient goes to the first of its greatest pixels. */
function maxPoolGradient(dy: Value, x: Value, g: Geometry): Value {
  const [outPixels, channels, taps] = [g.outHeight * g.outWidth, dy.shape[3]!, g.kernelHeight * g.kernelWidth];
  const shape = [g.batch, outPixels, 1, channels];
  const winner = node('ArgMax', [patches(x, g, lowest)], 'int64', shape, { axis: int(2), keepdims: int(1) });
  const numbers = constant(
    'int32',
    [taps, 1],
    Int32Array.from({ length: taps }, (_, at) => at),
  );
  const won = cast(compare('Equal', cast(winner, 'int32'), numbers), 'float32');
  return sumTaps(mul(won, reshape(dy, shape)), g);
}

/** For each new row (or column), the old one that nearest-neighbour resizing reads. */
function nearest(from: number, to: number, alignCorners: boolean, halfPixelCenters: boolean): number[] {
  const aligned = alignCorners && to > 1;
  const ratio = (aligned ? from - 1 : from) / (aligned ? to - 1 : to);
  return Array.from({ length: to }, (_, at) => {
    const source = ratio * (halfPixelCenters ? at + 0.5 : at);
    return Math.max(0, Math.min(from - 1, alignCorners ? Math.round(source) : Math.floor(source)));
  });
}

/** The 0-1 matrix [to, from] that picks `nearest` rows. */
function pickMatrix(sources: readonly number[], from: number): Value {
  const data = new Float32Array(sources.length * from);
  sources.forEach((source, row) => {
    data[row * from + source] = 1;
  });
  return constant('float32', [sources.length, from], data);
}

function resizeGradient(dy: Value, rows: Value, columns: Value): Value {
  const [batch, height, width, channels] = dy.shape as Quad;
  const [oldHeight, oldWidth] = [rows.shape[1]!, columns.shape[1]!];
  const across = node(
    'MatMul',
    [transpose(columns, [1, 0]), reshape(dy, [batch * height, width, channels])],
    'float32',
    [batch * height, oldWidth, channels],
  );
  const down = node(
    'MatMul',
    [transpose(rows, [1, 0]), reshape(across, [batch, height, oldWidth * channels])],
    'float32',
    [batch, oldHeight, oldWidth * channels],
  );
  return reshape(down, [batch, oldHeight, oldWidth, channels]);
}

const indices = (values: readonly number[]) => constant('int32', [values.length], Int32Array.from(values));

export const convolutions: KernelTable = {
  [tf.Conv2D]: kernel<tf.Conv2DAttrs>((inputs, attributes) => fromNhwc(conv2d(inputs, attributes), attributes)),
  [tf.FusedConv2D]: kernel<tf.FusedConv2DAttrs>((inputs, attributes) => {
    if (channelsFirst(attributes)) throw inputs.unsupported('data format NCHW is not supported');
    const { activation, leakyreluAlpha } = attributes;
    const y = conv2d(inputs, attributes);
    return finish(y, inputs, leakyreluAlpha === undefined ? { activation } : { activation, leakyreluAlpha });
  }),
  [tf.Conv2DBackpropInput]: kernel<tf.Conv2DBackpropInputAttrs>((inputs, attributes) => {
    const [dy, filter] = [inputs.get('dy'), inputs.get('filter')];
    const g = convolution(attributes.inputShape, filter.shape, attributes);
    return fromNhwc(convolveInputGradient(toNhwc(dy, attributes), filter, g), attributes);
  }),
  [tf.Conv2DBackpropFilter]: kernel<tf.Conv2DBackpropFilterAttrs>((inputs, attributes) => {
    const [x, dy] = [inputs.get('x'), inputs.get('dy')];
    const g = convolution(x.shape, attributes.filterShape, attributes);
    return convolveFilterGradient(toNhwc(x, attributes), toNhwc(dy, attributes), g);
  }),
  [tf.MaxPool]: kernel<tf.MaxPoolAttrs>((inputs, attributes) => {
    const x = inputs.get('x');
    const g = pooling(x, attributes);
    return pooled(reduce('ReduceMax', patches(x, g, lowest), [2]), g);
  }),
  [tf.MaxPoolGrad]: kernel<tf.MaxPoolGradAttrs>((inputs, attributes) => {
    const x = inputs.get('input');
    return maxPoolGradient(inputs.get('dy'), x, pooling(x, attributes));
  }),
  [tf.AvgPool]: kernel<tf.AvgPoolAttrs>((inputs, attributes) => {
    const x = inputs.get('x');
    const g = pooling(x, attributes);
    return pooled(div(reduce('ReduceSum', patches(x, g, 0), [2]), windowSizes(g)), g);
  }),
  [tf.AvgPoolGrad]: kernel<tf.AvgPoolGradAttrs>((inputs, attributes) =>
    avgPoolGradient(inputs.get('dy'), pooling(inputs.get('input'), attributes)),
  ),
  [tf.ResizeNearestNeighbor]: kernel<tf.ResizeNearestNeighborAttrs>((inputs, attributes) => {
    const x = cast(inputs.get('images'), 'float32');
    const { size, alignCorners, halfPixelCenters } = attributes;
    const rows = nearest(x.shape[1]!, size[0], alignCorners, halfPixelCenters);
    const columns = nearest(x.shape[2]!, size[1], alignCorners, halfPixelCenters);
    return gather(gather(x, indices(rows), 1), indices(columns), 2);
  }),
  [tf.ResizeNearestNeighborGrad]: kernel<tf.ResizeNearestNeighborAttrs>((inputs, { alignCorners }) => {
    const [dy, { shape }] = [inputs.get('dy'), inputs.get('images')];
    const rows = nearest(shape[1]!, dy.shape[1]!, alignCorners, false);
    const columns = nearest(shape[2]!, dy.shape[2]!, alignCorners, false);
    return resizeGradient(dy, pickMatrix(rows, shape[1]!), pickMatrix(columns, shape[2]!));
  }),
};
