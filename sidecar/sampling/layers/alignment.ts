/** Lets values of different ranks stand beside each other: features beside the pixels of an image. */
import * as tf from '@tensorflow/tfjs-core';

/** [batch, features] → [batch, 1, …, features] of this rank; a scalar stays one. */
export function overPixels(x: tf.Tensor, rank: number): tf.Tensor {
  if (x.rank === 0 || x.rank >= rank) return x;
  const [batch = 1, ...rest] = x.shape;
  return tf.reshape(x, [batch, ...Array<number>(rank - x.rank).fill(1), ...rest]);
}

/** Both with the greater rank of the two. */
export function aligned(a: tf.Tensor, b: tf.Tensor): readonly [tf.Tensor, tf.Tensor] {
  return [overPixels(a, b.rank), overPixels(b, a.rank)];
}

/** Concatenates the last dimension; features are repeated over pixels, and parameters over the batch. */
export function concatenated(values: readonly tf.Tensor[]): tf.Tensor {
  const rank = Math.max(...values.map((value) => value.rank));
  const whole = values.map((value) => overPixels(value, rank));
  const along = (axis: number) => Math.max(...whole.map((value) => value.shape[axis] ?? 1));
  const shape = Array.from({ length: rank - 1 }, (_, axis) => along(axis));
  const repeated = whole.map((value) => {
    const times = shape.map((length, axis) => length / (value.shape[axis] ?? 1));
    return times.every((each) => each === 1) ? value : tf.tile(value, [...times, 1]);
  });
  return tf.concat(repeated, -1);
}
