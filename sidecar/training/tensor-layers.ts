/** `Layers` over tensors: running an architecture with it computes the network on a batch. */

import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { StepRandom } from '../engine/engine.ts';
import type { Layers } from '../models/layers.ts';
import { elements } from '../models/shape-layers.ts';
import type { Variables } from './variables.ts';

/**
 * How batch normalisation and dropout behave. In training, batch normalisation uses the statistics
 * of the batch and dropout is active; `keepStatistics` lets the moving averages follow that batch.
 * In inference, the moving averages are used and dropout does nothing.
 */
export type Mode =
  | { readonly training: true; readonly random: StepRandom; readonly keepStatistics: boolean }
  | { readonly training: false };

const EPSILON = 1e-5;

/**
 * Weight of the past in the moving averages. Keras' default of 0.99 needs some 500 steps to forget
 * the initial values, so the first grids would show them and not the network; 0.9 needs 50.
 */
const MOMENTUM = 0.9;

export class TensorLayers implements Layers<Tensor> {
  readonly #variables: Variables;
  readonly #prefix: string;
  readonly #mode: Mode;

  /** `prefix` is the network's name in the variables: "generator" or "discriminator". */
  constructor(variables: Variables, prefix: string, mode: Mode) {
    this.#variables = variables;
    this.#prefix = prefix;
    this.#mode = mode;
  }

  shape(x: Tensor): readonly number[] {
    return x.shape.slice(1);
  }

  dense(name: string, x: Tensor, _units: number, options: { readonly bias?: boolean } = {}): Tensor {
    const kernel = this.#weight<tf.Rank.R2>(name, 'kernel');
    const [inputs, units] = kernel.shape;
    const y = tf.matMul(tf.reshape<tf.Rank.R2>(x, [-1, inputs]), kernel);
    return this.#bias(name, tf.reshape(y, [...x.shape.slice(0, -1), units]), options);
  }

  conv2d(
    name: string,
    x: Tensor,
    _filters: number,
    _kernel: number,
    stride: number,
    options: { readonly bias?: boolean } = {},
  ): Tensor {
    const y = tf.conv2d(x as tf.Tensor4D, this.#weight<tf.Rank.R4>(name, 'kernel'), stride, 'same');
    return this.#bias(name, y, options);
  }

  conv2dTranspose(
    name: string,
    x: Tensor,
    filters: number,
    _kernel: number,
    stride: number,
    options: { readonly bias?: boolean } = {},
  ): Tensor {
    const [batch = 0, height = 0, width = 0] = x.shape;
    const kernel = this.#weight<tf.Rank.R4>(name, 'kernel');
    const outputShape: [number, number, number, number] = [batch, height * stride, width * stride, filters];
    const y = tf.conv2dTranspose(x as tf.Tensor4D, kernel, outputShape, stride, 'same');
    return this.#bias(name, y, options);
  }

  batchNorm(name: string, x: Tensor): Tensor {
    const gamma = this.#weight(name, 'gamma');
    const beta = this.#weight(name, 'beta');
    const movingMean = this.#weight(name, 'moving_mean');
    const movingVariance = this.#weight(name, 'moving_variance');
    if (!this.#mode.training) return normalise(x, movingMean, movingVariance, gamma, beta);

    const { mean, variance } = tf.moments(x, range(x.rank - 1));
    if (this.#mode.keepStatistics) {
      follow(movingMean, mean);
      follow(movingVariance, variance);
    }
    return normalise(x, mean, variance, gamma, beta);
  }

  leakyRelu(x: Tensor, slope: number): Tensor {
    return tf.leakyRelu(x, slope);
  }

  relu(x: Tensor): Tensor {
    return tf.relu(x);
  }

  tanh(x: Tensor): Tensor {
    return tf.tanh(x);
  }

  dropout(x: Tensor, rate: number): Tensor {
    return this.#mode.training ? tf.mul(x, this.#mode.random.dropout(x.shape, rate)) : x;
  }

  flatten(x: Tensor): Tensor {
    const [batch = 0, ...rest] = x.shape;
    return tf.reshape(x, [batch, elements(rest)]);
  }

  reshape(x: Tensor, shape: readonly number[]): Tensor {
    const [batch = 0] = x.shape;
    return tf.reshape(x, [batch, ...shape]);
  }

  concat(values: readonly Tensor[]): Tensor {
    const [, height, width] = values.find((value) => value.rank === 4)?.shape ?? [];
    if (height === undefined || width === undefined) return tf.concat([...values], -1);
    const overPixels = (value: Tensor): Tensor => {
      const [batch = 0, features = 0] = value.shape;
      return value.rank === 4 ? value : tf.tile(tf.reshape(value, [batch, 1, 1, features]), [1, height, width, 1]);
    };
    return tf.concat(values.map(overPixels), -1);
  }

  #weight<R extends tf.Rank>(layer: string, role: string): tf.Variable<R> {
    return this.#variables.get(`${this.#prefix}/${layer}/${role}`) as tf.Variable<R>;
  }

  #bias(layer: string, y: Tensor, { bias = true }: { readonly bias?: boolean }): Tensor {
    return bias ? tf.add(y, this.#weight(layer, 'bias')) : y;
  }
}

function normalise(x: Tensor, mean: Tensor, variance: Tensor, gamma: Tensor, beta: Tensor): Tensor {
  const scale = tf.mul(tf.rsqrt(tf.add(variance, EPSILON)), gamma);
  return tf.add(tf.mul(tf.sub(x, mean), scale), beta);
}

/** moving ← momentum · moving + (1 − momentum) · value. */
function follow(moving: tf.Variable, value: Tensor): void {
  moving.assign(tf.add(moving, tf.mul(tf.sub(value, moving), 1 - MOMENTUM)));
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
