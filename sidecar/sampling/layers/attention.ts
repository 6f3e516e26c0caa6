/** Attention of every pixel to every other. */
import * as tf from '@tensorflow/tfjs-core';

/** [batch, height, width, channels] → [batch, pixels, channels]. */
const pixels = (x: tf.Tensor): tf.Tensor3D => tf.reshape(x, [x.shape[0] ?? 1, -1, x.shape.at(-1) ?? 1]);

/**
 * Values of all pixels, weighted by the softmax of query · key (Zhang et al. 2019, eq. 2). Queries and
 * keys have one number of channels, the result has the height, width and channels of `value`.
 */
export function attend(query: tf.Tensor, key: tf.Tensor, value: tf.Tensor): tf.Tensor {
  const weights = tf.softmax(tf.matMul(pixels(query), pixels(key), false, true));
  return tf.reshape(tf.matMul(weights, pixels(value)), value.shape);
}
