/** The weights of one network, as layers use them. */
import * as tf from '@tensorflow/tfjs-core';
import type { WeightOptions } from '../../models/layers.ts';
import { elements } from '../../models/shapes.ts';
import type { Variables } from '../variables.ts';
import type { Mode } from './mode.ts';
import { spectrallyNormalised } from './spectral-normalization.ts';

export class NetworkWeights {
  readonly #variables: Variables;
  readonly #prefix: string;
  readonly #mode: Mode;
  readonly #spectralNormalization: boolean;

  /** `prefix` is the network's name in the variables. */
  constructor(variables: Variables, prefix: string, mode: Mode, spectralNormalization: boolean) {
    this.#variables = variables;
    this.#prefix = prefix;
    this.#mode = mode;
    this.#spectralNormalization = spectralNormalization;
  }

  /** The variable itself; `name` is layer and role, for example "dense_1/bias". */
  get(name: string): tf.Variable {
    return this.#variables.get(`${this.#prefix}/${name}`);
  }

  /** A layer's kernel, scaled as it asks for. `unitAxis` is the axis of its outputs. */
  kernel<R extends tf.Rank>(layer: string, { equalized, gain = 1 }: WeightOptions, unitAxis = -1): tf.Tensor<R> {
    const stored = this.get(`${layer}/kernel`);
    const fanIn = elements(stored.shape) / (stored.shape.at(unitAxis) ?? 1);
    const kernel = equalized ? tf.mul(stored, gain * Math.sqrt(2 / fanIn)) : stored;
    if (!this.#spectralNormalization) return kernel as tf.Tensor<R>;
    const improve = this.#mode.training && this.#mode.keepStatistics;
    return spectrallyNormalised(kernel, this.get(`${layer}/u`), unitAxis, improve) as tf.Tensor<R>;
  }

  /** y plus the layer's bias, if it has one. */
  withBias(layer: string, y: tf.Tensor, { bias = true }: WeightOptions): tf.Tensor {
    return bias ? tf.add(y, this.get(`${layer}/bias`)) : y;
  }
}
