/** Convolution of images [batch, height, width, channels] and its gradients. */
import * as tf from '@tensorflow/tfjs-core';
import { convolve, convolveFilterGradient, convolveInputGradient } from '../graph/convolution.ts';
import type { Geometry } from '../graph/geometry.ts';
import { reshape, slice, transpose } from '../graph/layout.ts';
import type { Value } from '../graph/value.ts';
import type { Windows } from '../graph/windows.ts';
import { type KernelInputs, type KernelTable, kernel } from './kernel.ts';
import { finish } from './linear-algebra.ts';
import { convolutionWindows, type PlanarAttributes } from './windows-of.ts';

function geometryOf({ batch, input, output, kernel: size, strides, dilations, before }: Windows): Geometry {
  return {
    batch,
    height: input[0]!,
    width: input[1]!,
    outHeight: output[0]!,
    outWidth: output[1]!,
    kernelHeight: size[0]!,
    kernelWidth: size[1]!,
    strideY: strides[0]!,
    strideX: strides[1]!,
    dilationY: dilations[0]!,
    dilationX: dilations[1]!,
    padTop: before[0]!,
    padLeft: before[1]!,
  };
}

const convolution = (input: readonly number[], filter: readonly number[], attributes: PlanarAttributes): Geometry =>
  geometryOf(convolutionWindows(input, filter, attributes));

const TO_NHWC = [0, 2, 3, 1];
const TO_NCHW = [0, 3, 1, 2];
type Format = Pick<PlanarAttributes, 'dataFormat'>;

const channelsFirst = ({ dataFormat }: Format) => dataFormat === 'NCHW';
export const toNhwc = (x: Value, format: Format): Value => (channelsFirst(format) ? transpose(x, TO_NHWC) : x);
export const fromNhwc = (x: Value, format: Format): Value => (channelsFirst(format) ? transpose(x, TO_NCHW) : x);

function conv2d(inputs: KernelInputs, attributes: PlanarAttributes): Value {
  const [x, filter] = [toNhwc(inputs.get('x'), attributes), inputs.get('filter')];
  const groups = x.shape[3]! / filter.shape[2]!;
  if (!Number.isInteger(groups) || filter.shape[3]! % groups !== 0) {
    throw inputs.unsupported(`the filter's ${filter.shape[2]} channels do not divide the input's ${x.shape[3]}`);
  }
  return convolve(x, filter, convolution(inputs.get('x').shape, filter.shape, attributes));
}

/** Lets vectors of a fused kernel, one number a channel, broadcast in its data format. */
export function perChannel(inputs: KernelInputs, format: Format): KernelInputs {
  if (!channelsFirst(format)) return inputs;
  return ['bias', 'preluActivationWeights'].reduce((all, name) => {
    const vector = all.maybe(name);
    return vector?.shape.length === 1 ? all.with(name, reshape(vector, [vector.shape[0]!, 1, 1])) : all;
  }, inputs);
}

export const convolutions: KernelTable = {
  [tf.Conv2D]: kernel<tf.Conv2DAttrs>((inputs, attributes) => fromNhwc(conv2d(inputs, attributes), attributes)),
  [tf.FusedConv2D]: kernel<tf.FusedConv2DAttrs>((inputs, attributes) => {
    const { activation, leakyreluAlpha } = attributes;
    const y = fromNhwc(conv2d(inputs, attributes), attributes);
    const how = leakyreluAlpha === undefined ? { activation } : { activation, leakyreluAlpha };
    return finish(y, perChannel(inputs, attributes), how);
  }),
  [tf.Conv2DBackpropInput]: kernel<tf.Conv2DBackpropInputAttrs>((inputs, attributes) => {
    const [dy, filter] = [inputs.get('dy'), inputs.get('filter')];
    const g = convolution(attributes.inputShape, filter.shape, attributes);
    // A transposed convolution may be given more than its output is made from.
    const reached = slice(toNhwc(dy, attributes), [0, 0, 0, 0], [g.batch, g.outHeight, g.outWidth, filter.shape[3]!]);
    const channels = attributes.inputShape[channelsFirst(attributes) ? 1 : 3];
    return fromNhwc(convolveInputGradient(reached, filter, g, channels / filter.shape[2]!), attributes);
  }),
  [tf.Conv2DBackpropFilter]: kernel<tf.Conv2DBackpropFilterAttrs>((inputs, attributes) => {
    const g = convolution(inputs.get('x').shape, attributes.filterShape, attributes);
    const [x, dy] = [toNhwc(inputs.get('x'), attributes), toNhwc(inputs.get('dy'), attributes)];
    return convolveFilterGradient(x, dy, g, x.shape[3]! / attributes.filterShape[2]);
  }),
};
