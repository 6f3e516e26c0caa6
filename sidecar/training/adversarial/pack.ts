/** PacGAN (Lin et al. 2018): several examples judged as one, side by side in the last dimension. */
import * as tf from '@tensorflow/tfjs-core';

/** [n, …, c] to [n / pac, …, pac · c]. */
export function pack(examples: tf.Tensor, pac: number): tf.Tensor {
  if (pac === 1) return examples;
  const [n = 0, ...shape] = examples.shape;
  const middle = shape.slice(0, -1);
  const last = shape.at(-1) ?? 1;
  const places = middle.map((_, i) => i + 2);
  const apart = tf.transpose(tf.reshape(examples, [n / pac, pac, ...shape]), [0, ...places, 1, middle.length + 2]);
  return tf.reshape(apart, [n / pac, ...middle, pac * last]);
}

/** The inverse of `pack`. */
export function unpack(packed: tf.Tensor, pac: number): tf.Tensor {
  if (pac === 1) return packed;
  const [n = 0, ...shape] = packed.shape;
  const middle = shape.slice(0, -1);
  const last = (shape.at(-1) ?? 1) / pac;
  const places = middle.map((_, i) => i + 1);
  const apart = tf.reshape(packed, [n, ...middle, pac, last]);
  const inTurn = tf.transpose(apart, [0, middle.length + 1, ...places, middle.length + 2]);
  return tf.reshape(inTurn, [n * pac, ...middle, last]);
}

/** One-hot [n, classes] to [n / pac, pac · classes], beside packed examples. */
export const packLabels = (labels: tf.Tensor2D, pac: number): tf.Tensor2D =>
  pac === 1 ? labels : tf.reshape(labels, [labels.shape[0] / pac, pac * labels.shape[1]]);
