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
import type { HostTensor } from '../../sidecar/engine/engine.ts';
import { float64, type Point, type TensorFlow, valueAt } from './float64.ts';
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

function objective(copy: TensorFlow, f: Formula, weight: HostTensor) {
  return (...inputs: tf.Tensor[]): tf.Scalar => {
    const y = f(copy, ...inputs);
    // Float64Array in the float64 copy, which knows no other.
    const array = copy === tensorflow ? weight.data : Float64Array.from(weight.data);
    const w = copy.tensor(array as Float32Array, [...weight.shape], 'float32');
    return copy.sum(copy.mul(w, copy.add(y, copy.div(copy.square(y), 2)))) as tf.Scalar;
  };
}

async function engineGradients(f: Formula, inputs: readonly HostTensor[], weight: HostTensor) {
  const engine = await compiledEngine();
  const F = objective(tensorflow, f, weight);
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
  const at = points(inputs);
  const shape = copy.tidy(
    () => f(copy, ...at.map((x) => copy.tensor(x.data as unknown as Float32Array, [...x.shape], 'float32'))).shape,
  );
  const weight = numbers(shape, 0.5, 1.5, 50);
  const { first, second } = await engineGradients(f, inputs, weight);
  const F = objective(copy, f, weight);
  const value = (where: Point[]) => valueAt(copy, F, where);
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
