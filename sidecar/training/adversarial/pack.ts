/** PacGAN (Lin et al. 2018): several images judged as one, side by side in the channels. */
import * as tf from '@tensorflow/tfjs-core';

/** [n, h, w, c] to [n / pac, h, w, pac · c]. */
export function pack(images: tf.Tensor4D, pac: number): tf.Tensor4D {
  if (pac === 1) return images;
  const [n, h, w, c] = images.shape;
  const apart = tf.transpose(tf.reshape(images, [n / pac, pac, h, w, c]), [0, 2, 3, 1, 4]);
  return tf.reshape(apart, [n / pac, h, w, pac * c]);
}

/** The inverse of `pack`. */
export function unpack(packed: tf.Tensor4D, pac: number): tf.Tensor4D {
  if (pac === 1) return packed;
  const [n, h, w, c] = packed.shape;
  const apart = tf.transpose(tf.reshape(packed, [n, h, w, pac, c / pac]), [0, 3, 1, 2, 4]);
  return tf.reshape(apart, [n * pac, h, w, c / pac]);
}

/** One-hot [n, classes] to [n / pac, pac · classes], beside packed images. */
export const packLabels = (labels: tf.Tensor2D, pac: number): tf.Tensor2D =>
  pac === 1 ? labels : tf.reshape(labels, [labels.shape[0] / pac, pac * labels.shape[1]]);
