/** Float64 arithmetic for tests: what a loss is by its formula, and its slopes by differences. */
import * as tf from '@tensorflow/tfjs-core';
import { close } from './fixtures.ts';

export const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
export const sum = (numbers: readonly number[]) => numbers.reduce((total, x) => total + x, 0);
export const mean = (numbers: readonly number[]) => sum(numbers) / numbers.length;
export const dot = (a: readonly number[], b: readonly number[]) => sum(a.map((x, i) => x * b[i]!));

/** log softmax of one row. */
export function logSoftmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const norm = top + Math.log(sum(logits.map((x) => Math.exp(x - top))));
  return logits.map((x) => x - norm);
}

/**
 * Slopes of f by each of its arguments. Differences of fourth order over 10⁻³ are off by some 10⁻¹²
 * for functions whose derivatives are about 1, and by rounding, 10⁻¹⁶ / 10⁻³.
 */
export function slopes(f: (at: number[]) => number, at: readonly number[]): number[] {
  const step = 1e-3;
  return at.map((x, i) => {
    const over = (h: number) => (f(at.with(i, x + h)) - f(at.with(i, x - h))) / (2 * h);
    return (4 * over(step) - over(2 * step)) / 3;
  });
}

/** Numbers without a pattern that are exact in float32, between −scale and scale. */
export const someNumbers = (count: number, scale = 1, phase = 0): number[] =>
  Array.from({ length: count }, (_, i) => Math.fround(scale * Math.sin(12.9898 * (i + 1) + 78.233 * phase)));

export const rows = (numbers: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: numbers.length / width }, (_, row) =>
    Array.from({ length: width }, (_, i) => numbers[row * width + i]!),
  );

export const tensor = (numbers: readonly number[], ...shape: number[]) => tf.tensor([...numbers], shape);
export const numberOf = (scalar: tf.Tensor) => scalar.dataSync()[0]!;

/** Each number to within `tolerance` of the largest, or of 0.01. */
export function allClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  if (actual.length !== expected.length) throw new Error(`${actual.length} numbers, not ${expected.length}`);
  const scale = Math.max(0.01, ...expected.map(Math.abs));
  for (const [i, value] of expected.entries()) close(actual[i]! / scale, value / scale, tolerance);
}
