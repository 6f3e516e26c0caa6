/** Adam (Kingma and Ba 2014, algorithm 1) as TensorFlow.js operations inside a step. */
import * as tf from '@tensorflow/tfjs-core';
import type { AdamConfig } from '../config/schema.ts';
import type { HostTensor } from '../engine/engine.ts';
import type { Variables } from './variables.ts';

const EPSILON = 1e-8;

export class Adam {
  readonly #config: AdamConfig;
  readonly #slots: readonly { readonly variable: tf.Variable; readonly m: tf.Variable; readonly v: tf.Variable }[];

  /** Adds both moments of each variable, named "optimizer/<variable>/m" and "…/v", to `variables`. */
  constructor(config: AdamConfig, trained: readonly tf.Variable[], variables: Variables) {
    this.#config = config;
    this.#slots = trained.map((variable) => {
      const zeros = () => new Float32Array(variable.size);
      const slot = `optimizer/${variable.name}`;
      return {
        variable,
        m: variables.add(`${slot}/m`, variable.shape, zeros(), false),
        v: variables.add(`${slot}/v`, variable.shape, zeros(), false),
      };
    });
  }

  /**
   * Two numbers that correct the moments' bias towards zero in update `t` = 1, 2, …:
   * α·√(1 − β₂ᵗ) / (1 − β₁ᵗ) and ε·√(1 − β₂ᵗ). Input of `apply`, [2].
   */
  correction(t: number): HostTensor {
    const { learningRate, beta1, beta2 } = this.#config;
    const root = Math.sqrt(1 - beta2 ** t);
    const data = Float32Array.of((learningRate * root) / (1 - beta1 ** t), EPSILON * root);
    return { dtype: 'float32', shape: [2], data };
  }

  /** Updates the variables by their gradients, given by name. */
  apply(gradients: tf.NamedTensorMap, correction: tf.Tensor): void {
    const { beta1, beta2 } = this.#config;
    const stepSize = tf.slice(correction, [0], [1]);
    const epsilon = tf.slice(correction, [1], [1]);
    for (const { variable, m, v } of this.#slots) {
      const gradient = gradients[variable.name];
      if (!gradient) throw new Error(`no gradient for ${variable.name}`);
      m.assign(tf.add(tf.mul(m, beta1), tf.mul(gradient, 1 - beta1)));
      v.assign(tf.add(tf.mul(v, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
      variable.assign(tf.sub(variable, tf.div(tf.mul(m, stepSize), tf.add(tf.sqrt(v), epsilon))));
    }
  }
}
