/** Larger, smaller and moved images. */
import * as tf from '@tensorflow/tfjs-core';

/**
 * Out of concatenations, or as products with small matrices: as fast as tf.image's operations on the
 * recording engine, and other backends' gradients of those are wrong for rectangles and half-pixel centres.
 */
export function upsample(x: tf.Tensor4D, how: 'nearest' | 'bilinear'): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  if (how === 'nearest') {
    const across = twice(tf.reshape(x, [batch * height * width, 1, channels]));
    return tf.reshape(twice(tf.reshape(across, [batch * height, 1, 2 * width * channels])), [
      batch,
      2 * height,
      2 * width,
      channels,
    ]);
  }
  const down = tf.matMul(doubling(height), tf.reshape(x, [batch, height, width * channels]));
  const across = tf.matMul(doubling(width), tf.reshape(down, [batch * 2 * height, width, channels]));
  return tf.reshape(across, [batch, 2 * height, 2 * width, channels]);
}

const twice = (x: tf.Tensor): tf.Tensor => tf.concat([x, x], 1);

/** [2 · length, length]: a new pixel is 3/4 of the old one that it lies in and 1/4 of the nearer neighbour. */
function doubling(length: number): tf.Tensor {
  const matrix = tf.buffer([2 * length, length]);
  for (let row = 0; row < 2 * length; row += 1) {
    const own = Math.floor(row / 2);
    const beside = Math.min(length - 1, Math.max(0, row % 2 === 0 ? own - 1 : own + 1));
    matrix.set(0.75, row, own);
    matrix.set(0.25 + (beside === own ? 0.75 : 0), row, beside);
  }
  return matrix.toTensor();
}

/** Mean of each 2×2: sums of rows, then of columns, whose gradients are broadcasts and no gathers. */
export function downsample(x: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const rows = tf.sum(tf.reshape(x, [(batch * height) / 2, 2, width * channels]), 1);
  const sums = tf.sum(tf.reshape(rows, [(batch * height * width) / 4, 2, channels]), 1);
  return tf.mul(tf.reshape<tf.Rank.R4>(sums, [batch, height / 2, width / 2, channels]), 0.25);
}

/** Moves an image down and right by whole pixels, at most its size. */
export function shift(x: tf.Tensor4D, down: number, right: number): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const kept = tf.slice(x, [0, 0, 0, 0], [batch, height - down, width - right, channels]);
  return tf.pad(kept, [
    [0, 0],
    [down, 0],
    [right, 0],
    [0, 0],
  ]);
}
