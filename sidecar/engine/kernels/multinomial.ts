/** Draws from categorical distributions. */
import * as tf from '@tensorflow/tfjs-core';
import { cast, compare, reduce } from '../graph/arithmetic.ts';
import { reshape, slice } from '../graph/layout.ts';
import { constant, node } from '../graph/record.ts';
import { int, sizeOf, type Value } from '../graph/value.ts';
import { drawnUniform } from '../random/drawn-numbers.ts';
import { fillUniform } from '../random/random.ts';
import { type KernelTable, kernel } from './kernel.ts';
import { int32s } from './rows.ts';

/** Drawn anew at every run of a step, unless the program gave a seed. */
function uniform(shape: readonly number[], seed: number): Value {
  const drawn = drawnUniform(shape, seed);
  if (drawn !== null) return drawn;
  const numbers = new Float32Array(sizeOf(shape));
  // TensorFlow.js passes a number of [0, 1) where the program gave no seed.
  fillUniform(numbers, { seed: Number.isInteger(seed) ? seed : Math.floor(seed * 2 ** 31), step: 0, use: 0 });
  return constant('float32', shape, numbers);
}

export const multinomials: KernelTable = {
  [tf.Multinomial]: kernel<tf.MultinomialAttrs>((inputs, { numSamples, seed, normalized }) => {
    const logits = inputs.get('logits');
    const [rows, events] = logits.shape as [number, number];
    const probabilities = normalized ? logits : node('Softmax', [logits], 'float32', logits.shape, { axis: int(-1) });
    const sums = node('CumSum', [cast(probabilities, 'float32'), int32s([1], [])], 'float32', logits.shape);
    // The last event is what happens if no other did, whatever the sum was rounded to.
    const bounds = reshape(slice(sums, [0, 0], [rows, events - 1]), [rows, 1, events - 1]);
    const passed = compare('LessOrEqual', bounds, uniform([rows, numSamples, 1], seed));
    return reduce('ReduceSum', cast(passed, 'int32'), [2]);
  }),
};
