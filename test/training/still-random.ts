import * as tf from '@tensorflow/tfjs-core';
import type { StepRandom } from '../../sidecar/engine/engine.ts';

/** Randomness that never varies: noise is 0, and dropout doubles what it is given. */
export const noRandom: StepRandom = {
  normal: (shape) => tf.zeros([...shape]),
  uniform: (shape) => tf.zeros([...shape]),
  dropout: (shape) => tf.fill([...shape], 2),
};
