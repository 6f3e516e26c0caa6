import { hash, permuted } from '../../data/permutation.ts';
import { meanOf } from '../estimates.ts';
import type { Features, Metric } from '../metric.ts';
import { rowsOf } from '../neighbours.ts';

const SUBSETS = 100;
const SUBSET_SIZE = 1000;

/**
 * The squared maximum mean discrepancy for the kernel (x·y / dimensions + 1)³, unbiased (so that it may
 * be below 0): the mean over 100 random subsets of 1,000 examples of each set, or of as many as the
 * smaller set has. On Inception's features it is KID. The standard error is over subsets, which overlap:
 * take it as a lower bound. Where a subset would be both sets whole, one value is taken, without an error.
 */
export const kernelDistance: Metric<'features'> = {
  name: 'kernel-distance',
  source: 'Bińkowski et al. 2018, Demystifying MMD GANs',
  needs: ['features'],
  minimum: { real: 2, synthetic: 2 },
  higherIsBetter: false,
  measure: (real, synthetic, { seed }) => {
    const size = Math.min(SUBSET_SIZE, rowsOf(real.features), rowsOf(synthetic.features));
    const whole = size === rowsOf(real.features) && size === rowsOf(synthetic.features);
    const values = Array.from({ length: whole ? 1 : SUBSETS }, (_, subset) =>
      discrepancy(
        drawn(real.features, size, hash(seed, subset, 0)),
        drawn(synthetic.features, size, hash(seed, subset, 1)),
      ),
    );
    return meanOf(values);
  },
};

/** `size` rows without repetition, which `key` chooses. */
function drawn({ values, dimensions }: Features, size: number, key: number): Features {
  const all = values.length / dimensions;
  const chosen = new Float64Array(size * dimensions);
  for (let i = 0; i < size; i++) {
    const from = permuted(i, all, key) * dimensions;
    chosen.set(values.subarray(from, from + dimensions), i * dimensions);
  }
  return { values: chosen, dimensions };
}

/** Σ_{i≠j} k(xᵢ, xⱼ) / n(n−1) + Σ_{i≠j} k(yᵢ, yⱼ) / n(n−1) − 2 Σ k(xᵢ, yⱼ) / n² (Gretton et al. 2012, eq. 3). */
function discrepancy(x: Features, y: Features): number {
  const n = rowsOf(x);
  let across = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) across += kernel(x, i, y, j);
  return (pairs(x) + pairs(y)) / ((n * (n - 1)) / 2) - (2 * across) / (n * n);
}

function pairs(x: Features): number {
  let sum = 0;
  for (let i = 0; i < rowsOf(x); i++) for (let j = 0; j < i; j++) sum += kernel(x, i, x, j);
  return sum;
}

function kernel(a: Features, i: number, b: Features, j: number): number {
  const { dimensions } = a;
  let product = 0;
  for (let d = 0; d < dimensions; d++) product += a.values[i * dimensions + d]! * b.values[j * dimensions + d]!;
  return (product / dimensions + 1) ** 3;
}
