/** The real examples of a step, as its updates need them. */
import * as tf from '@tensorflow/tfjs-core';
import type { TensorMap } from '../../engine/engine.ts';
import type { GanNetworks } from './networks.ts';

/** One batch. */
export interface Reals {
  /** [n, …stage]. */
  readonly examples: tf.Tensor;
  /** One-hot [n, classes]; null for a model without classes. */
  readonly labels: tf.Tensor2D | null;
  /** What the generator makes the examples from where that is no latent; else null. */
  readonly source: tf.Tensor | null;
}

/** Batch `at` of the `count` in a step's inputs `examples`, `labels` and `sources`. */
export function batchOf(
  { examples, labels, sources }: TensorMap,
  at: number,
  count: number,
  networks: GanNetworks,
  fade: tf.Scalar | null,
): Reals {
  const part = <R extends tf.Rank>(whole: tf.Tensor): tf.Tensor<R> => {
    const size = (whole.shape[0] ?? 0) / count;
    const rest = whole.shape.slice(1);
    return tf.slice(whole, [at * size, ...rest.map(() => 0)], [size, ...rest]) as tf.Tensor<R>;
  };
  const full = part(examples as tf.Tensor);
  return {
    examples: networks.atStage(full, fade),
    labels: labels === undefined ? null : part<tf.Rank.R2>(labels),
    source: networks.from === 'paired' ? part(sources as tf.Tensor) : networks.reduce(full),
  };
}
