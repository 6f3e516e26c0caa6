/**
 * Translation as DiffAugment has it (Zhao et al. 2020): by whole pixels, up to an eighth
 * of the size each way; zeros, which are mid-grey, move in.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { StepRandom } from '../../engine/engine.ts';
import { columns, happens, positions, sizes, wholeBelow } from '../chance.ts';

const SHARE = 1 / 8;

/** Greatest distance in pixels along a side of `length` pixels. */
const reach = (length: number): number => Math.floor(length * SHARE + 0.5);

/** Images [n, h, w, c]; an image is moved with the given probability. */
export function translation(images: tf.Tensor, probability: tf.Tensor, random: StepRandom): tf.Tensor {
  const [, height, width] = sizes(images);
  const [chance, y, x] = columns(images, 3, random) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const moved = happens(chance, probability);
  const distance = (uniform: tf.Tensor, length: number) =>
    tf.mul(moved, tf.sub(wholeBelow(uniform, 2 * reach(length) + 1), reach(length)));
  return move(images, distance(y, height), distance(x, width));
}

/**
 * Moves down and to the right by distances [n, 1]. What reads a pixel's value moves the other way,
 * so the derivative is the same operation; without saying so, TensorFlow.js would add the values up
 * one by one, which took two to three times as long.
 */
function move(images: tf.Tensor, down: tf.Tensor, right: tf.Tensor): tf.Tensor {
  const moving = tf.customGrad((x, save) => {
    (save as (kept: tf.Tensor[]) => void)([down, right]);
    return {
      value: pick(x as tf.Tensor, down, right),
      gradFunc: (dy: tf.Tensor, [down, right]: tf.Tensor[]) => move(dy, tf.neg(down!), tf.neg(right!)),
    };
  });
  return moving(images);
}

function pick(images: tf.Tensor, down: tf.Tensor, right: tf.Tensor): tf.Tensor {
  const [n, height, width, channels] = sizes(images);
  const [top, left] = [reach(height), reach(width)];
  const padded = tf.pad(images, [
    [0, 0],
    [top, top],
    [left, left],
    [0, 0],
  ]);
  const [rows, row] = [height + 2 * top, width + 2 * left];
  const y = tf.sub(positions(height, [1, height, 1]), tf.reshape(tf.sub(down, top), [n, 1, 1]));
  const x = tf.sub(positions(width, [1, 1, width]), tf.reshape(tf.sub(right, left), [n, 1, 1]));
  // Whole numbers below 2²⁴, exact in float32, for the pixels of each image; those of a batch may be more.
  const within = tf.cast(tf.add(tf.mul(y, row), x), 'int32');
  const first = tf.reshape(tf.range(0, n * rows * row, rows * row, 'int32'), [n, 1, 1]);
  const at = tf.reshape(tf.add(within, first), [n * height * width]);
  return tf.reshape(tf.gather(tf.reshape(padded, [n * rows * row, channels]), at), images.shape);
}
