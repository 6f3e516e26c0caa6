/** Convolution of volumes [batch, depth, height, width, channels] and its gradients, as matrix products. */
import * as tf from '@tensorflow/tfjs-core';
import { matmul } from '../graph/arithmetic.ts';
import { reshape } from '../graph/layout.ts';
import type { Value } from '../graph/value.ts';
import { sizesOf, sumWindows, type Windows, windows } from '../graph/windows.ts';
import { type KernelTable, kernel } from './kernel.ts';
import { volumeWindows } from './windows-of.ts';

/** One row for each window: [batch · outPixels, taps · channels]. */
function windowMatrix(x: Value, w: Windows): Value {
  const { outPixels, taps } = sizesOf(w);
  return reshape(windows(x, w, 0), [w.batch * outPixels, taps * x.shape[4]!]);
}

function convolve(x: Value, filter: Value, w: Windows): Value {
  const [inChannels, outChannels] = [filter.shape[3]!, filter.shape[4]!];
  const product = matmul(windowMatrix(x, w), reshape(filter, [sizesOf(w).taps * inChannels, outChannels]));
  return reshape(product, [w.batch, ...w.output, outChannels]);
}

function filterGradient(x: Value, dy: Value, w: Windows): Value {
  const [inChannels, outChannels] = [x.shape[4]!, dy.shape[4]!];
  const rows = reshape(dy, [w.batch * sizesOf(w).outPixels, outChannels]);
  return reshape(matmul(windowMatrix(x, w), rows, true, false), [...w.kernel, inChannels, outChannels]);
}

function inputGradient(dy: Value, filter: Value, w: Windows): Value {
  const [inChannels, outChannels] = [filter.shape[3]!, filter.shape[4]!];
  const { outPixels, taps } = sizesOf(w);
  const rows = reshape(dy, [w.batch * outPixels, outChannels]);
  const product = matmul(rows, reshape(filter, [taps * inChannels, outChannels]), false, true);
  return sumWindows(reshape(product, [w.batch, outPixels, taps, inChannels]), w);
}

export const volumes: KernelTable = {
  [tf.Conv3D]: kernel<tf.Conv3DAttrs>((inputs, attributes) => {
    const [x, filter] = [inputs.get('x'), inputs.get('filter')];
    return convolve(x, filter, volumeWindows(x.shape, filter.shape, attributes));
  }),
  [tf.Conv3DBackpropInputV2]: kernel<tf.Conv3DBackpropInputV2Attrs>((inputs, attributes) => {
    const [dy, filter] = [inputs.get('dy'), inputs.get('filter')];
    return inputGradient(dy, filter, volumeWindows(attributes.inputShape, filter.shape, attributes));
  }),
  [tf.Conv3DBackpropFilterV2]: kernel<tf.Conv3DBackpropFilterV2Attrs>((inputs, attributes) => {
    const [x, dy] = [inputs.get('x'), inputs.get('dy')];
    return filterGradient(x, dy, volumeWindows(x.shape, attributes.filterShape, attributes));
  }),
};
