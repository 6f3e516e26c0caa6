/** Means with their standard errors, and medians. */
import type { Estimate } from './metric.ts';

/** The mean of `values` and its standard error, for values that are independent; null for a single one. */
export function meanOf(values: ArrayLike<number>): Estimate {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  const value = sum / count;
  if (count < 2) return { value, standardError: null };
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i]! - value) ** 2;
  return { value, standardError: Math.sqrt(squares / (count - 1) / count) };
}

/** The share of `counts` that are not 0. */
export const shareAboveZero = (counts: Uint32Array): Estimate => meanOf(counts.map((count) => Number(count > 0)));

/** The median of `values`, between the middle two where there is no middle one. @throws RangeError for none. */
export function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (below === undefined || above === undefined) throw new RangeError('there are no values to take a median of');
  return (below + above) / 2;
}
