/** Runs one program on the compiled engine and on TensorFlow.js's own CPU backend, the oracle. */
import '@tensorflow/tfjs-backend-cpu';
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { createEagerEngine } from '../../sidecar/engine/eager.ts';
import type { Engine, HostTensor, HostTensorMap, StepFunction } from '../../sidecar/engine/engine.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import { fillUniform } from '../../sidecar/engine/random/random.ts';

export const compiledEngine = (threads = 1): Promise<Engine> => createEngine('cpu', { threads });
export const oracleEngine = (): Promise<Engine> => createEagerEngine('cpu');

/** Reproducible numbers in [low, high); equal `use` gives equal numbers. */
export function numbers(shape: readonly number[], low = -1, high = 1, use = 0): HostTensor {
  const data = new Float32Array(shape.reduce((size, length) => size * length, 1));
  fillUniform(data, { seed: 7, step: 0, use });
  return { dtype: 'float32', shape, data: data.map((unit) => low + unit * (high - low)) };
}

export function integers(shape: readonly number[], low: number, high: number, use = 0): HostTensor {
  const { data } = numbers(shape, low, high, use);
  return { dtype: 'int32', shape, data: Int32Array.from(data, Math.floor) };
}

export function booleans(shape: readonly number[], use = 0): HostTensor {
  const { data } = numbers(shape, -1, 1, use);
  return { dtype: 'bool', shape, data: Uint8Array.from(data, (x) => Number(x > 0)) };
}

const counter = { seed: 1, step: 0 };

/** Runs a step once on an engine made for it. */
export async function runOn(engine: Engine, step: StepFunction, inputs: HostTensorMap, at = counter) {
  const compiled = engine.compile('test', step);
  try {
    return await compiled.run(inputs, at);
  } finally {
    compiled.dispose();
  }
}

/**
 * Asserts that values differ by at most `tolerance` relative to the largest of them: sums of n
 * float32 products round by about √n · 6e-8 of it, in whatever order they are added.
 */
export function assertClose(actual: HostTensor, expected: HostTensor, what: string, tolerance = 2e-6): void {
  assert.deepEqual([actual.dtype, actual.shape], [expected.dtype, expected.shape], `${what}: type and shape`);
  assert.equal(actual.data.length, expected.data.length, `${what}: length`);
  let scale = 1e-3;
  for (const value of expected.data) if (Number.isFinite(value)) scale = Math.max(scale, Math.abs(value));
  for (const [at, value] of expected.data.entries()) {
    const found = actual.data[at]!;
    const same = Object.is(found, value) || found === value || Math.abs(found - value) <= tolerance * scale;
    assert.ok(same, `${what}: element ${at} is ${found}, the oracle says ${value}`);
  }
}

/** Asserts that the program gives the same on both engines. */
export async function agree(step: StepFunction, inputs: HostTensorMap, tolerance?: number): Promise<void> {
  const actual = await runOn(await compiledEngine(), step, inputs);
  const expected = await runOn(await oracleEngine(), step, inputs);
  assert.deepEqual(Object.keys(actual), Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) assertClose(actual[name]!, value, name, tolerance);
}

type Function = (...inputs: tf.Tensor[]) => tf.Tensor;

const asArguments = (inputs: Readonly<Record<string, tf.Tensor>>) =>
  Object.keys(inputs)
    .sort()
    .map((name) => inputs[name]!);

/** Names inputs in order: x0, x1, … */
export const named = (inputs: readonly HostTensor[]): HostTensorMap =>
  Object.fromEntries(inputs.map((input, at) => [`x${at}`, input]));

/** Weights that make every element of an output count differently. */
const weights = (y: tf.Tensor) => tf.tensor(numbers(y.shape, 0.5, 1.5, 99).data as Float32Array, y.shape);

/** The function's value and its gradients with respect to all of its inputs. */
export const valueAndGradients =
  (f: Function): StepFunction =>
  (inputs) => {
    const points = asArguments(inputs);
    const loss = (...at: tf.Tensor[]) => {
      const y = f(...at);
      return tf.sum(tf.mul(y, weights(y))) as tf.Scalar;
    };
    const gradients = tf.grads(loss as Function)(points);
    return { value: f(...points), ...Object.fromEntries(gradients.map((each, at) => [`gradient${at}`, each])) };
  };

/** The function's value only. */
export const valueOnly =
  (f: Function): StepFunction =>
  (inputs) => ({ value: f(...asArguments(inputs)) });
