/**
 * Cutout as DiffAugment has it (Zhao et al. 2020): a square of half the size becomes
 * zero, which is mid-grey. Its middle lies anywhere in the image, so that parts of it may lie outside.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { StepRandom } from '../../engine/engine.ts';
import { columns, happens, positions, sizes, wholeBelow } from '../chance.ts';

const SHARE = 1 / 2;

/** Images [n, h, w, c]; an image is cut with the given probability. */
export function cutout(images: tf.Tensor, probability: tf.Tensor, random: StepRandom): tf.Tensor {
  const [n, height, width, channels] = sizes(images);
  const [chance, y, x] = columns(images, 3, random) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const rows = tf.mul(happens(chance, probability), hole(y, height));
  // Spelled out for each channel, for a product of equal shapes.
  const across = tf.tile(tf.reshape(hole(x, width), [n, width, 1]), [1, 1, channels]);
  const cut = tf.mul(tf.reshape(rows, [n, height, 1]), tf.reshape(across, [n, 1, width * channels]));
  return tf.mul(images, tf.reshape(tf.sub(1, cut), images.shape));
}

/** 1 within the hole along a side, 0 elsewhere: [n, length]. */
function hole(uniform: tf.Tensor, length: number): tf.Tensor {
  const size = Math.floor(length * SHARE + 0.5);
  const begin = tf.sub(wholeBelow(uniform, length + 1 - (size % 2)), Math.floor(size / 2));
  const distance = tf.abs(tf.sub(positions(length, [1, length]), tf.add(begin, (size - 1) / 2)));
  return tf.cast(tf.less(distance, size / 2), 'float32');
}
