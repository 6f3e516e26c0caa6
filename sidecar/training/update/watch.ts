/** Finds the first tensor of a step that holds NaN or infinity, for the price of one sum a tensor. */
import { concat1d, type NamedTensorMap, reshape, sum, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';

export class Watch {
  readonly names: string[] = [];
  readonly #flags: Tensor1D[] = [];

  /** To be called in the order of computation. */
  add(name: string, tensor: Tensor): void {
    this.names.push(name);
    // A sum that overflows counts too: no network that still learns has numbers of 10³⁰.
    this.#flags.push(reshape(sum(tensor), [1]));
  }

  /** Gradients by the weight's name, from the last layer to the first, as the chain rule goes. */
  addGradients(gradients: NamedTensorMap): void {
    for (const [name, gradient] of Object.entries(gradients).reverse()) this.add(`gradient of ${name}`, gradient);
  }

  /** One number a watched tensor: finite when its elements are. */
  flags(): Tensor1D {
    return concat1d(this.#flags);
  }
}

/** Name of the first tensor whose flag is not finite, or null. */
export const firstNotFinite = (names: readonly string[], flags: ArrayLike<number>): string | null =>
  names.find((_, i) => !Number.isFinite(flags[i] ?? 0)) ?? null;
