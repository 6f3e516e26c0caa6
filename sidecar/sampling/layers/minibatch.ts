/** What an example's features say about the rest of its batch. */
import * as tf from '@tensorflow/tfjs-core';
import { concatenated } from './alignment.ts';

const EPSILON = 1e-8;

/**
 * Minibatch standard deviation (Karras et al. 2018, section 3): of each feature over a group, averaged
 * over features and pixels, as one more feature of the group's examples. A group is the most
 * examples up to `groupSize` that divide the batch; example i is in group i mod the number of groups.
 */
export function standardDeviation(x: tf.Tensor, groupSize: number): tf.Tensor {
  const [batch = 1, ...rest] = x.shape;
  const members = largestDivisor(batch, groupSize);
  const groups = tf.reshape(x, [members, batch / members, -1]);
  const centred = tf.sub(groups, tf.mean(groups, 0, true));
  const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 0), EPSILON));
  const ofGroup = tf.mean(deviation, 1);
  const ofExample = tf.reshape(tf.tile(ofGroup, [members]), [batch, ...rest.map(() => 1)]);
  return concatenated([x, ofExample]);
}

function largestDivisor(n: number, most: number): number {
  let divisor = Math.min(n, most);
  while (n % divisor !== 0) divisor -= 1;
  return divisor;
}

/**
 * Minibatch discrimination (Salimans et al. 2016, section 3.2): `projected` [batch, kernels · dimensions]
 * is x times the trained tensor; each kernel gives Σⱼ exp(−‖Mᵢ − Mⱼ‖₁) over the batch.
 */
export function closeness(x: tf.Tensor, projected: tf.Tensor, kernels: number, dimensions: number): tf.Tensor {
  const [batch = 1] = x.shape;
  const rows = tf.reshape(projected, [batch, 1, kernels, dimensions]);
  const columns = tf.reshape(projected, [1, batch, kernels, dimensions]);
  const distances = tf.sum(tf.abs(tf.sub(rows, columns)), 3);
  return tf.concat([x, tf.sum(tf.exp(tf.neg(distances)), 1)], -1);
}
