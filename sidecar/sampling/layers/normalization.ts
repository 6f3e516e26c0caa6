/** Normalisations of [batch, height, width, channels] or [batch, features]. */
import * as tf from '@tensorflow/tfjs-core';
import type { Normalization } from '../../config/resolved-config.ts';
import { groupChannels } from '../../models/shapes.ts';
import { overPixels } from './alignment.ts';
import type { Mode } from './mode.ts';
import type { NetworkWeights } from './weights.ts';

const EPSILON = 1e-5;
/** Of pixel normalisation (Karras et al. 2018, section 4.2). */
const PIXEL_EPSILON = 1e-8;

/**
 * Weight of the past in the moving averages. Keras' default of 0.99 needs some 500 steps to forget
 * the initial values, so the first grids would show them and not the network; 0.9 needs 50.
 */
const MOMENTUM = 0.9;

/** `condition` is a one-hot label [batch, classes], of which 'conditional-batch' takes scale and shift. */
export function normalize(
  weights: NetworkWeights,
  mode: Mode,
  name: string,
  x: tf.Tensor,
  kind: Normalization,
  condition: tf.Tensor | null,
): tf.Tensor {
  const [gamma, beta] = [() => weights.get(`${name}/gamma`), () => weights.get(`${name}/beta`)];
  switch (kind) {
    case 'none':
      return x;
    case 'pixel':
      return tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), PIXEL_EPSILON)));
    case 'batch':
      return batch(weights, mode, name, x, gamma(), beta());
    case 'conditional-batch': {
      if (condition === null) throw new Error(`${name}: normalization "conditional-batch" needs the class label`);
      const row = (table: tf.Variable) =>
        overPixels(tf.matMul(condition as tf.Tensor2D, table as tf.Tensor as tf.Tensor2D), x.rank);
      return batch(weights, mode, name, x, row(gamma()), row(beta()));
    }
    case 'layer':
      return layer(x, gamma(), beta());
    case 'instance':
      return byGroup(x, 1, gamma(), beta());
    case 'group':
      return byGroup(x, groupChannels(x.shape.at(-1) ?? 1), gamma(), beta());
  }
}

/** Ioffe and Szegedy (2015): over batch and pixels; scale and shift of each class by de Vries et al. (2017). */
function batch(
  weights: NetworkWeights,
  mode: Mode,
  name: string,
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
): tf.Tensor {
  const movingMean = weights.get(`${name}/moving_mean`);
  const movingVariance = weights.get(`${name}/moving_variance`);
  if (!mode.training) return scaled(tf.sub(x, movingMean), movingVariance, gamma, beta);

  const { mean, centred, variance } = moments(x, (value) => tf.mean(value, [...Array(x.rank - 1).keys()], true));
  if (mode.keepStatistics) {
    follow(movingMean, mean);
    follow(movingVariance, variance);
  }
  return scaled(centred, variance, gamma, beta);
}

/**
 * Mean and variance that `mean` gives, broadcasting. x − mean is computed once, where tf.moments makes
 * one of its own: three quarters of the time.
 */
function moments(x: tf.Tensor, mean: (value: tf.Tensor) => tf.Tensor) {
  const average = mean(x);
  const centred = tf.sub(x, average);
  return { mean: average, centred, variance: mean(tf.square(centred)) };
}

function scaled(centred: tf.Tensor, variance: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(centred, tf.mul(tf.rsqrt(tf.add(variance, EPSILON)), gamma)), beta);
}

/** moving ← momentum · moving + (1 − momentum) · value. */
function follow(moving: tf.Variable, value: tf.Tensor): void {
  const newest = tf.reshape(value, moving.shape);
  moving.assign(tf.add(moving, tf.mul(tf.sub(newest, moving), 1 - MOMENTUM)));
}

/** Ba et al. (2016): over all values of each example. */
function layer(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const rows = tf.reshape(x, [x.shape[0] ?? 1, -1]);
  const { centred, variance } = moments(rows, (value) => tf.mean(value, 1, true));
  const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, EPSILON)));
  return tf.add(tf.mul(tf.reshape(normal, x.shape), gamma), beta);
}

/**
 * Over the pixels of each example and each group of channels (Wu and He 2018); groups of one channel
 * are instance normalisation (Ulyanov et al. 2016). Pixels are summed before channels: half the time
 * of both at once, since sums over few channels are slow.
 */
function byGroup(x: tf.Tensor, groupSize: number, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const [channels, pixels] = [x.shape.at(-1) ?? 1, [...x.shape.keys()].slice(1, -1)];
  const ones = pixels.map(() => 1);
  const overGroups = (value: tf.Tensor): tf.Tensor => {
    const groups = tf.reshape(value, [-1, channels / groupSize, groupSize]);
    const repeated = tf.mul(tf.mean(groups, 2, true), tf.ones([groupSize]));
    return tf.reshape(repeated, [-1, ...ones, channels]);
  };
  const { centred, variance } = moments(x, (value) => {
    const ofChannels = pixels.length === 0 ? value : tf.mean(value, pixels, true);
    return groupSize === 1 ? ofChannels : overGroups(ofChannels);
  });
  return scaled(centred, variance, gamma, beta);
}
