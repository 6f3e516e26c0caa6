/** Finds the first tensor of a step that holds NaN or infinity, for the price of one sum a tensor. */
import { concat1d, mul, reshape, sum, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';

export class Watch {
  readonly names: string[] = [];
  readonly #flags: Tensor1D[] = [];

  /** To be called in the order of computation. */
  add(name: string, tensor: Tensor): void {
    this.names.push(name);
    // 0 · x is 0 for every finite x and NaN for the others, so the sum cannot overflow.
    this.#flags.push(reshape(sum(mul(tensor, 0)), [1]));
  }

  /** One number a watched tensor: 0 when it is finite, else NaN. */
  flags(): Tensor1D {
    return concat1d(this.#flags);
  }
}

/** Name of the first tensor whose flag is NaN, or null. */
export const firstNotFinite = (names: readonly string[], flags: ArrayLike<number>): string | null =>
  names.find((_, i) => Number.isNaN(flags[i])) ?? null;
