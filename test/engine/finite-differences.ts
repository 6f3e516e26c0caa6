/** Checks gradients against differences of the function itself. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { HostTensor } from '../../sidecar/engine/engine.ts';
import { compiledEngine, named, numbers } from './support.ts';

type Function = (...inputs: tf.Tensor[]) => tf.Tensor;

/**
 * `step`: how far to go along a direction. float32 values round by 6e-8, so a central difference of
 * fourth order is off by about 1e-6 / step + step⁴: 3e-5 at 0.05. Linear functions may go far.
 */
export interface Precision {
  readonly step: number;
  readonly tolerance: number;
}

export const LINEAR: Precision = { step: 1, tolerance: 2e-6 };
export const SMOOTH: Precision = { step: 0.02, tolerance: 2e-4 };

const moved = (x: HostTensor, direction: HostTensor, by: number): HostTensor => ({
  ...x,
  data: (x.data as Float32Array).map((value, at) => value + by * direction.data[at]!),
});

/** Inner product in float64. */
function inner(a: HostTensor, b: HostTensor): number {
  let sum = 0;
  for (const [at, value] of a.data.entries()) sum += value * b.data[at]!;
  return sum;
}

/** Asserts that the gradients of a weighted sum of f match differences along random directions. */
export async function checkGradients(f: Function, inputs: readonly HostTensor[], precision = SMOOTH): Promise<void> {
  const engine = await compiledEngine();
  const points = (values: Readonly<Record<string, tf.Tensor>>) => inputs.map((_, at) => values[`x${at}`]!);
  const value = engine.compile('value', (values) => ({ y: f(...points(values)) }));
  const { y } = await value.run(named(inputs), { seed: 0, step: 0 });
  const weights = numbers(y!.shape, 0.5, 1.5, 50);
  const gradient = engine.compile('gradient', (values) => {
    const weight = tf.tensor(weights.data as Float32Array, [...weights.shape]);
    const gradients = tf.grads((...at: tf.Tensor[]) => tf.sum(tf.mul(f(...at), weight)))(points(values));
    return Object.fromEntries(gradients.map((each, at) => [`x${at}`, each]));
  });
  const gradients = await gradient.run(named(inputs), { seed: 0, step: 0 });

  for (const [at, input] of inputs.entries()) {
    const direction = numbers(input.shape, -1, 1, 60 + at);
    const along = async (by: number) => {
      const there = inputs.with(at, moved(input, direction, by));
      return inner((await value.run(named(there), { seed: 0, step: 0 })).y!, weights);
    };
    const h = precision.step;
    const difference =
      (8 * ((await along(h)) - (await along(-h))) - (await along(2 * h)) + (await along(-2 * h))) / (12 * h);
    const expected = inner(gradients[`x${at}`]!, direction);
    const scale = Math.max(1, Math.abs(difference));
    assert.ok(
      Math.abs(expected - difference) <= precision.tolerance * scale,
      `gradient of input ${at}: ${expected}, by differences ${difference}`,
    );
  }
  value.dispose();
  gradient.dispose();
}
