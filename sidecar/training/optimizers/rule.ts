/** What an optimizer does to one weight. */
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

/** The update that is made, and the numbers that a schedule may have changed. */
export interface Update {
  /** Updates since the moments were last begun anew, this one included: 1, 2, … */
  readonly t: number;
  readonly learningRate: number;
  /** Of Adam; the other rules have none. */
  readonly beta2: number;
}

export interface Rule {
  /** What it keeps for each weight, a tensor of the weight's shape each, beginning with zeros. */
  readonly slots: readonly string[];
  /**
   * What `change` is given as scalars in the same order, so that a compiled step can be replayed
   * with others. In update 1 the past counts nothing, whatever the slots hold.
   */
  numbers(update: Update): readonly number[];
  /** The new weight and the new slots. */
  change(weight: Tensor, gradient: Tensor, slots: readonly Tensor[], numbers: readonly Scalar[]): Change;
}

export interface Change {
  readonly weight: Tensor;
  readonly slots: readonly Tensor[];
}
