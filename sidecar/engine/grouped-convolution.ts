/** Grouped convolution, which TensorFlow.js has no function for. */
import * as tf from '@tensorflow/tfjs-core';
import { BACKEND } from './tracing/backend.ts';

/**
 * Convolves x [batch, height, width, C] with filter [rows, columns, C / groups, O]: both C and O are
 * cut into groups, and outputs of one group see inputs of that group only. On the recording backend it is one operation,
 * differentiable any number of times; elsewhere the groups are convolved one by one.
 */
export function groupedConv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  stride: number,
  pad: 'same' | 'valid' | tf.backend_util.ExplicitPadding,
): tf.Tensor4D {
  if (tf.getBackend() === BACKEND) {
    const attributes = { strides: [stride, stride], pad, dataFormat: 'NHWC', dilations: [1, 1] };
    return tf.engine().runKernel(tf.Conv2D, { x, filter }, attributes as unknown as tf.NamedAttrMap);
  }
  const groups = x.shape[3] / filter.shape[2];
  const [parts, filters] = [tf.split<tf.Tensor4D>(x, groups, 3), tf.split<tf.Tensor4D>(filter, groups, 3)];
  const convolved = parts.map((part, at) => tf.conv2d<tf.Tensor4D>(part, filters[at]!, stride, pad));
  return tf.concat(convolved, 3);
}
