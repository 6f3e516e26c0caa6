/** Draws of a differentiable augmentation, one set of numbers an image. */
import * as tf from '@tensorflow/tfjs-core';
import type { StepRandom } from '../engine/engine.ts';

/** Number of images in a batch [n, h, w, c], its height, width and channels. */
export const sizes = (images: tf.Tensor) => images.shape as [number, number, number, number];

/** `count` independent columns [n, 1] of uniform numbers in [0, 1). */
export function columns(images: tf.Tensor, count: number, random: StepRandom): tf.Tensor[] {
  const [n] = sizes(images);
  const drawn = random.uniform([n, count]);
  return Array.from({ length: count }, (_, at) => tf.slice(drawn, [0, at], [n, 1]));
}

/** 1 with the given probability, else 0: always where it is 1, never where it is 0. */
export const happens = (uniform: tf.Tensor, probability: tf.Tensor): tf.Tensor =>
  tf.cast(tf.less(uniform, probability), 'float32');

/** A whole number from 0 to `count` − 1. */
export const wholeBelow = (uniform: tf.Tensor, count: number): tf.Tensor => tf.floor(tf.mul(uniform, count));

/** 0, 1, … `length` − 1 as float32, shaped to broadcast. */
export const positions = (length: number, shape: number[]): tf.Tensor =>
  tf.reshape(tf.range(0, length, 1, 'float32'), shape);
