/**
 * Checks gradients against finite differences in float64.
 *
 * For F(x) = Σ w · (f(x) + f(x)² / 2), with the square so that the second derivative of a linear f
 * is not zero, the engine's ∇F is compared with differences of F along random directions, and its
 * ∇ ½|∇F|² = H ∇F with mixed second differences of F along a direction and along ∇F. Only forward
 * values in float64 enter the reference.
 */
import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs-core';
import * as tensorflow from '@tensorflow/tfjs-core';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import { float64, type Point, pointOf, type TensorFlow } from './float64.ts';
import { compiledEngine, named, numbers } from './support.ts';

/** A function of tensors, written for any copy of TensorFlow.js. */
export type Formula = (tf: TensorFlow, ...inputs: tf.Tensor[]) => tf.Tensor;

/**
 * The formulas' fourth-order differences are off by h⁴ = 1e-12 and by the rounding of float64,
 * 1e-16 / h² = 1e-10; what remains is the float32 of the engine, 6e-8 an operation, magnified by
 * the chain of some tens of operations, relative to the sum of the absolute terms.
 */
const STEP = 1e-3;
const TOLERANCE = 1e-5;
const DIRECTIONS = 3;

const points = (inputs: readonly HostTensor[]): Point[] =>
  inputs.map(({ data, shape }) => ({ data: Float64Array.from(data), shape }));

const moved = (from: readonly Point[], direction: readonly Float64Array[], by: number): Point[] =>
  from.map(({ data, shape }, at) => ({ shape, data: data.map((x, i) => x + by * direction[at]![i]!) }));

/** The inner product over all inputs, and the sum of its absolute terms. */
function inner(a: readonly ArrayLike<number>[], b: readonly Float64Array[]): { sum: number; size: number } {
  let [sum, size] = [0, 0];
  for (const [at, values] of b.entries()) {
    for (const [i, value] of values.entries()) {
      sum += a[at]![i]! * value;
      size += Math.abs(a[at]![i]! * value);
    }
  }
  return { sum, size };
}

/** F as a tensor, and as a number in float64. */
function objectiveOf(f: (...inputs: tf.Tensor[]) => tf.Tensor, weight: HostTensor) {
  return (...inputs: tf.Tensor[]): tf.Scalar => {
    const y = f(...inputs);
    const w = tensorflow.tensor(weight.data as Float32Array, [...weight.shape]);
    return tensorflow.sum(tensorflow.mul(w, tensorflow.add(y, tensorflow.div(tensorflow.square(y), 2)))) as tf.Scalar;
  };
}

const objectiveAt = ({ data }: Point, weight: HostTensor): number =>
  data.reduce((total, y, at) => total + weight.data[at]! * (y + (y * y) / 2), 0);

async function engineGradients(
  engine: Engine,
  F: (...inputs: tf.Tensor[]) => tf.Scalar,
  inputs: readonly HostTensor[],
) {
  const halfSquare = (...xs: tf.Tensor[]) => {
    const parts = tensorflow
      .grads(F)(xs)
      .map((g) => tensorflow.sum(tensorflow.square(g)));
    return tensorflow.div(tensorflow.addN(parts), 2);
  };
  const step = engine.compile('gradients', (values) => {
    const xs = inputs.map((_, at) => values[`x${at}`]!);
    const first = tensorflow.grads(F)(xs);
    const second = tensorflow.grads(halfSquare)(xs);
    return Object.fromEntries(inputs.flatMap((_, at) => [[`g${at}`, first[at]!] as const, [`h${at}`, second[at]!]]));
  });
  const outputs = await step.run(named(inputs), { seed: 0, step: 0 });
  step.dispose();
  const all = (name: string) => inputs.map((_, at) => outputs[`${name}${at}`]!.data);
  return { first: all('g'), second: all('h') };
}

/** Asserts that the first and second derivatives of f are right at `inputs`, which must lie on smooth ground. */
export async function checkGradients(f: Formula, inputs: readonly HostTensor[], tolerance = TOLERANCE): Promise<void> {
  const copy = await float64();
  const reference = (at: readonly Point[]) => pointOf(copy, (...xs) => f(copy, ...xs), at);
  await checkDerivatives(await compiledEngine(), (...xs) => f(tensorflow, ...xs), reference, inputs, tolerance);
}

/** The same on any engine, against differences of a `reference` that computes f in float64. */
export async function checkDerivatives(
  engine: Engine,
  f: (...inputs: tf.Tensor[]) => tf.Tensor,
  reference: (at: readonly Point[]) => Point,
  inputs: readonly HostTensor[],
  tolerance = TOLERANCE,
): Promise<void> {
  const at = points(inputs);
  const weight = numbers(reference(at).shape, 0.5, 1.5, 50);
  const { first, second } = await engineGradients(engine, objectiveOf(f, weight), inputs);
  const value = (where: Point[]) => objectiveAt(reference(where), weight);
  const close = (found: { sum: number; size: number }, expected: number, what: string) => {
    assert.ok(found.size > 0, `${what} is zero`);
    const error = Math.abs(found.sum - expected);
    assert.ok(error <= tolerance * found.size, `${what}: ${found.sum}, by differences ${expected}`);
  };

  // Along the gradient, scaled to elements of at most 1.
  const steepest = Math.max(...first.flatMap((g) => Array.from(g, Math.abs)));
  const along = first.map((g) => Float64Array.from(g, (x) => x / steepest));

  for (let trial = 0; trial < DIRECTIONS; trial += 1) {
    const direction = inputs.map((x, i) => Float64Array.from(numbers(x.shape, -1, 1, 60 + 10 * trial + i).data));
    const slope = (h: number) => (value(moved(at, direction, h)) - value(moved(at, direction, -h))) / (2 * h);
    close(inner(first, direction), (4 * slope(STEP) - slope(2 * STEP)) / 3, 'first derivative');

    const corner = (d: number, g: number) => value(moved(moved(at, direction, d), along, g));
    const mixed = (h: number) => (corner(h, h) - corner(h, -h) - corner(-h, h) + corner(-h, -h)) / (4 * h * h);
    const curvature = ((4 * mixed(STEP) - mixed(2 * STEP)) / 3) * steepest;
    close(inner(second, direction), curvature, 'second derivative');
  }
}
