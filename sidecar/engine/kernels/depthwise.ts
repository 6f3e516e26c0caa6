/**
 * Depthwise convolution, one filter or some for each channel, and its gradients.
 *
 * There is no matrix product in it that is worth gathering patches for: ONNX Runtime's grouped
 * convolutions are two to four times as fast, their transposes included, and the filter's gradient
 * is a sum over shifted images.
 */
import * as tf from '@tensorflow/tfjs-core';
import { mul, reduce } from '../graph/arithmetic.ts';
import { concat, pad, reshape, slice, transpose } from '../graph/layout.ts';
import { node } from '../graph/record.ts';
import { int, ints, type Value } from '../graph/value.ts';
import type { Windows } from '../graph/windows.ts';
import { fromNhwc, perChannel, toNhwc } from './convolution.ts';
import { type KernelInputs, type KernelTable, kernel } from './kernel.ts';
import { finish } from './linear-algebra.ts';
import { convolutionWindows, type PlanarAttributes } from './windows-of.ts';

const TO_NCHW = [0, 3, 1, 2];
const TO_NHWC = [0, 2, 3, 1];

/** How far the last window reaches over the end along each axis; negative where it stays away. */
const beyond = ({ input, output, kernel: size, strides, dilations, before }: Windows): number[] =>
  input.map((length, d) => (output[d]! - 1) * strides[d]! + (size[d]! - 1) * dilations[d]! + 1 - before[d]! - length);

const attributesOf = (w: Windows, channels: number) => ({
  group: int(channels),
  kernel_shape: ints(w.kernel),
  strides: ints(w.strides),
  dilations: ints(w.dilations),
  pads: ints([...w.before, ...beyond(w).map((length) => Math.max(0, length))]),
});

/** [kernelHeight, kernelWidth, C, M] as ONNX has it: [C · M, 1, kernelHeight, kernelWidth]. */
function grouped(filter: Value): Value {
  const [height, width, channels, multiplier] = filter.shape as [number, number, number, number];
  return reshape(transpose(filter, [2, 3, 0, 1]), [channels * multiplier, 1, height, width]);
}

/** x [batch, height, width, C] with filter [kernelHeight, kernelWidth, C, M]: channels c · M + m. */
function convolveDepthwise(x: Value, filter: Value, w: Windows): Value {
  const [, , channels, multiplier] = filter.shape as [number, number, number, number];
  const shape = [w.batch, channels * multiplier, ...w.output];
  const y = node('Conv', [transpose(x, TO_NCHW), grouped(filter)], 'float32', shape, attributesOf(w, channels));
  return transpose(y, TO_NHWC);
}

function inputGradient(dy: Value, filter: Value, w: Windows): Value {
  const channels = filter.shape[2]!;
  // No window reaches the last pixels where the strides leave a rest.
  const rest = beyond(w).map((length) => Math.max(0, -length)) as [number, number];
  const shape = [w.batch, channels, ...w.input.map((length, d) => length - rest[d]!)];
  const inputs = [transpose(dy, TO_NCHW), grouped(filter)];
  const dx = transpose(node('ConvTranspose', inputs, 'float32', shape, attributesOf(w, channels)), TO_NHWC);
  return pad(dx, [0, 0, 0, 0], [0, ...rest, 0], 0);
}

function filterGradient(x: Value, dy: Value, filterShape: readonly number[], w: Windows): Value {
  const [height, width, channels, multiplier] = filterShape as [number, number, number, number];
  const [outHeight, outWidth] = w.output as [number, number];
  const after = beyond(w).map((length) => Math.max(0, length));
  const padded = pad(x, [0, ...w.before, 0], [0, ...after, 0], 0);
  const each = reshape(dy, [w.batch, outHeight, outWidth, channels, multiplier]);
  const taps = Array.from({ length: height * width }, (_, tap) => {
    const corner = [Math.floor(tap / width) * w.dilations[0]!, (tap % width) * w.dilations[1]!];
    const size = [w.batch, outHeight, outWidth, channels];
    const under = reshape(slice(padded, [0, ...corner, 0], size, [1, ...w.strides, 1]), [...size, 1]);
    return reshape(reduce('ReduceSum', mul(under, each), [0, 1, 2]), [1, channels, multiplier]);
  });
  return reshape(concat(taps, 0), filterShape);
}

function depthwise2d(inputs: KernelInputs, attributes: PlanarAttributes): Value {
  const [x, filter] = [inputs.get('x'), inputs.get('filter')];
  const w = convolutionWindows(x.shape, filter.shape, attributes, true);
  return convolveDepthwise(toNhwc(x, attributes), filter, w);
}

export const depthwise: KernelTable = {
  [tf.DepthwiseConv2dNative]: kernel<tf.DepthwiseConv2dNativeAttrs>((inputs, attributes) =>
    fromNhwc(depthwise2d(inputs, attributes), attributes),
  ),
  [tf.FusedDepthwiseConv2D]: kernel<tf.FusedDepthwiseConv2DAttrs>((inputs, attributes) => {
    const { activation, leakyreluAlpha } = attributes;
    const y = fromNhwc(depthwise2d(inputs, attributes), attributes);
    const how = leakyreluAlpha === undefined ? { activation } : { activation, leakyreluAlpha };
    return finish(y, perChannel(inputs, attributes), how);
  }),
  [tf.DepthwiseConv2dNativeBackpropInput]: kernel<tf.DepthwiseConv2dNativeBackpropInputAttrs>((inputs, attributes) => {
    const [dy, filter] = [inputs.get('dy'), inputs.get('filter')];
    return inputGradient(dy, filter, convolutionWindows(attributes.inputShape, filter.shape, attributes, true));
  }),
  [tf.DepthwiseConv2dNativeBackpropFilter]: kernel<tf.DepthwiseConv2dNativeBackpropFilterAttrs>(
    (inputs, attributes) => {
      const [x, dy, { filterShape }] = [inputs.get('x'), inputs.get('dy'), attributes];
      return filterGradient(x, dy, filterShape, convolutionWindows(x.shape, filterShape, attributes, true));
    },
  ),
};
