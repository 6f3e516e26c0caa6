/** `Layers` over tensors: running an architecture with it computes the network on a batch. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Normalization } from '../../config/resolved-config.ts';
import type { ConvolutionOptions, Initializer, KernelSize, Layers, WeightOptions } from '../../models/layers.ts';
import type { LayersOptions } from '../../models/shape-layers.ts';
import { attentionChannels, elements } from '../../models/shapes.ts';
import type { Variables } from '../variables.ts';
import { aligned, concatenated } from './alignment.ts';
import { attend } from './attention.ts';
import { convolve } from './convolution.ts';
import { closeness, standardDeviation } from './minibatch.ts';
import type { Mode } from './mode.ts';
import { normalize } from './normalization.ts';
import { downsample, shift, upsample } from './resampling.ts';
import { NetworkWeights } from './weights.ts';

export type { Mode } from './mode.ts';

export class TensorLayers implements Layers<Tensor> {
  readonly #weights: NetworkWeights;
  readonly #mode: Mode;

  /** `prefix` is the network's name in the variables: "generator" or "discriminator". */
  constructor(variables: Variables, prefix: string, mode: Mode, { spectralNormalization = false }: LayersOptions = {}) {
    this.#weights = new NetworkWeights(variables, prefix, mode, spectralNormalization);
    this.#mode = mode;
  }

  shape(x: Tensor): readonly number[] {
    return x.shape.slice(1);
  }

  dense(name: string, x: Tensor, _units: number, options: WeightOptions = {}): Tensor {
    const kernel = this.#weights.kernel<tf.Rank.R2>(name, options);
    const [inputs, units] = kernel.shape;
    const y = tf.matMul(tf.reshape<tf.Rank.R2>(x, [-1, inputs]), kernel);
    return this.#weights.withBias(name, tf.reshape(y, [...x.shape.slice(0, -1), units]), options);
  }

  conv2d(
    name: string,
    x: Tensor,
    _filters: number,
    _kernel: KernelSize,
    stride: number,
    options: ConvolutionOptions = {},
  ): Tensor {
    const kernel = this.#weights.kernel<tf.Rank.R4>(name, options);
    return this.#weights.withBias(name, convolve(x as Tensor4D, kernel, stride, options), options);
  }

  conv2dTranspose(
    name: string,
    x: Tensor,
    filters: number,
    _kernel: number,
    stride: number,
    options: WeightOptions = {},
  ): Tensor {
    const [batch = 0, height = 0, width = 0] = x.shape;
    const kernel = this.#weights.kernel<tf.Rank.R4>(name, options, 2);
    const outputShape: [number, number, number, number] = [batch, height * stride, width * stride, filters];
    const y = tf.conv2dTranspose(x as Tensor4D, kernel, outputShape, stride, 'same');
    return this.#weights.withBias(name, y, options);
  }

  parameter(name: string, shape: readonly number[], _init: Initializer): Tensor {
    return tf.reshape(this.#weights.get(name), [1, ...shape]);
  }

  normalize(name: string, x: Tensor, kind: Normalization, condition: Tensor | null = null): Tensor {
    return normalize(this.#weights, this.#mode, name, x, kind, condition);
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

  sigmoid(x: Tensor): Tensor {
    return tf.sigmoid(x);
  }

  dropout(x: Tensor, rate: number): Tensor {
    return this.#mode.training && rate > 0 ? tf.mul(x, this.#mode.random.dropout(x.shape, rate)) : x;
  }

  add(a: Tensor, b: Tensor): Tensor {
    return tf.add(...aligned(a, b));
  }

  mul(a: Tensor, b: Tensor): Tensor {
    return tf.mul(...aligned(a, b));
  }

  scale(x: Tensor, factor: number): Tensor {
    return tf.mul(x, factor);
  }

  blend(a: Tensor, b: Tensor, share: Tensor): Tensor {
    const part = tf.reshape(share, []);
    return this.add(tf.mul(a, tf.sub(1, part)), tf.mul(b, part));
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
    return concatenated(values);
  }

  split(x: Tensor, parts: number): Tensor[] {
    return tf.split(x, parts, -1);
  }

  shift(x: Tensor, down: number, right: number): Tensor {
    return shift(x as Tensor4D, down, right);
  }

  upsample(x: Tensor, how: 'nearest' | 'bilinear'): Tensor {
    return upsample(x as Tensor4D, how);
  }

  downsample(x: Tensor): Tensor {
    return downsample(x as Tensor4D);
  }

  shrink(x: Tensor, factor: number): Tensor {
    return factor === 1 ? x : tf.avgPool(x as Tensor4D, factor, factor, 'valid');
  }

  pixelShuffle(x: Tensor, factor: number): Tensor {
    return factor === 1 ? x : tf.depthToSpace(x as Tensor4D, factor, 'NHWC');
  }

  sumPixels(x: Tensor): Tensor {
    return tf.sum(x, [1, 2]);
  }

  sumFeatures(x: Tensor): Tensor {
    return tf.sum(x, -1, true);
  }

  selfAttention(name: string, x: Tensor): Tensor {
    const channels = x.shape.at(-1) ?? 1;
    const { keys, values } = attentionChannels(channels);
    const point = (role: string, from: Tensor, filters: number) =>
      this.conv2d(`${name}/${role}`, from, filters, 1, 1, { bias: false });
    const seen = attend(point('query', x, keys), point('key', x, keys), point('value', x, values));
    const gamma = this.parameter(`${name}/gamma`, [1], 'zeros');
    return this.add(x, this.mul(point('output', seen, channels), gamma));
  }

  minibatchStandardDeviation(x: Tensor, groupSize: number): Tensor {
    return standardDeviation(x, groupSize);
  }

  minibatchDiscrimination(name: string, x: Tensor, kernels: number, dimensions: number): Tensor {
    const projected = this.dense(name, x, kernels * dimensions, { bias: false });
    return closeness(x, projected, kernels, dimensions);
  }
}
