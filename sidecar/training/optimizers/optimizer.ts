/** Updates a network's weights by their gradients inside a step. */
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../../config/resolved-config.ts';
import type { HostTensor } from '../../engine/engine.ts';
import type { Variables } from '../../sampling/variables.ts';
import { adam, adamW } from './adam.ts';
import { rmsProp, sgd } from './momentum.ts';
import type { Rule, Update } from './rule.ts';

const rules: Readonly<Record<OptimizerConfig['kind'], (config: OptimizerConfig) => Rule>> = {
  adam,
  adamw: adamW,
  rmsprop: rmsProp,
  sgd,
};

interface Slotted {
  readonly weight: tf.Variable;
  readonly slots: readonly tf.Variable[];
}

export class Optimizer {
  readonly #config: OptimizerConfig;
  readonly #rule: Rule;
  readonly #byName: ReadonlyMap<string, Slotted>;

  /** Adds what the rule keeps of each weight, named "optimizer/<weight>/<slot>", to `variables`. */
  constructor(config: OptimizerConfig, weights: readonly tf.Variable[], variables: Variables) {
    this.#config = config;
    this.#rule = rules[config.kind](config);
    this.#byName = new Map(
      weights.map((weight) => {
        const slots = this.#rule.slots.map((slot) =>
          variables.add(`optimizer/${weight.name}/${slot}`, weight.shape, new Float32Array(weight.size), false),
        );
        return [weight.name, { weight, slots }];
      }),
    );
  }

  /** The numbers of some updates in a row, one each: input of `apply`, [updates, numbers]. */
  numbers(updates: readonly Update[]): HostTensor {
    const rows = updates.map((update) => this.#rule.numbers(update));
    const data = Float32Array.from(rows.flat());
    return { dtype: 'float32', shape: [rows.length, data.length / rows.length], data };
  }

  /**
   * Updates the weights that have a gradient, given by name. `numbers` is what the function of that
   * name returned and `at` the update of it that this is, from 0.
   */
  apply(gradients: tf.NamedTensorMap, numbers: tf.Tensor, at = 0): void {
    const { l2, clipNorm } = this.#config;
    const scalars = Array.from({ length: numbers.shape[1] ?? 0 }, (_, i) =>
      tf.reshape<tf.Rank.R0>(tf.slice(numbers, [at, i], [1, 1]), []),
    );
    const changed = Object.entries(gradients).map(([name, gradient]) => {
      const found = this.#byName.get(name);
      if (!found) throw new Error(`${name} is none of this optimizer’s weights`);
      // The gradient of l2 / 2 · ‖weight‖².
      return { ...found, gradient: l2 > 0 ? tf.add(gradient, tf.mul(found.weight, l2)) : gradient };
    });
    const factor = clipNorm > 0 ? clipFactor(changed, clipNorm) : null;
    for (const { weight, slots, gradient } of changed) {
      const clipped = factor === null ? gradient : tf.mul(gradient, factor);
      const change = this.#rule.change(weight, clipped, slots, scalars);
      for (const [i, slot] of slots.entries()) slot.assign(change.slots[i] as tf.Tensor);
      weight.assign(change.weight);
    }
  }
}

/** What brings the norm of all gradients together to at most `bound` (Pascanu et al. 2013). */
function clipFactor(changed: readonly { readonly gradient: tf.Tensor }[], bound: number): tf.Scalar {
  const squares = changed.map(({ gradient }) => tf.sum<tf.Scalar>(tf.square(gradient)));
  const norm = tf.sqrt(tf.addN(squares));
  return tf.div(bound, tf.maximum(norm, bound));
}
