/**
 * The moving average of a network's weights, which samples are made with (Karras et al. 2018): the
 * weights themselves jump about in a game that does not settle.
 */
import * as tf from '@tensorflow/tfjs-core';
import { averageName } from '../../sampling/average-name.ts';
import type { Variables } from '../../sampling/variables.ts';

interface Pair {
  readonly source: tf.Variable;
  readonly average: tf.Variable;
}

export class WeightAverage {
  readonly #pairs: readonly Pair[];

  /** Adds a copy of each of `sources`, named "ema/<name>", to `variables`. */
  constructor(sources: readonly tf.Variable[], variables: Variables) {
    this.#pairs = sources.map((source) => {
      const values = source.dataSync<'float32'>().slice();
      return { source, average: variables.add(averageName(source.name), source.shape, values, false) };
    });
  }

  /**
   * Inside a step: average ← decay · average + (1 − decay) · weight. What is not trained, such as
   * batch normalisation's statistics, is copied, since it is an average already.
   */
  follow(decay: tf.Scalar): void {
    for (const { source, average } of this.#pairs) {
      average.assign(source.trainable ? tf.add(source, tf.mul(decay, tf.sub(average, source))) : tf.clone(source));
    }
  }
}
