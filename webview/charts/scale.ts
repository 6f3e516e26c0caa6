/** Ranges, ticks and labels of a chart's axes; values linear, logarithmic, or symmetric logarithmic. */
import { formatTick, formatValue } from '../base/format.ts';
import type { Values } from '../run/metrics-history.ts';

export type Scale = 'linear' | 'log' | 'symmetric-log';

export type Range = [number, number];

/** A value at or below zero has no logarithm: such curves take a scale that is linear around zero. */
export function scaleFor(curves: readonly Values[], logarithmic: boolean): Scale {
  if (!logarithmic) return 'linear';
  return curves.some((curve) => curve.some((value) => value !== null && value <= 0)) ? 'symmetric-log' : 'log';
}

/**
 * The data and a margin, never of height zero; something to look at where there is no data. A linear axis holds
 * the values of `includes` in any case.
 */
export function valueRange(
  least: number | null,
  greatest: number | null,
  scale: Scale,
  includes: readonly number[] = [],
): Range {
  if (least === null || greatest === null || !Number.isFinite(least) || !Number.isFinite(greatest)) {
    return scale === 'log' ? [0.1, 10] : [0, 1];
  }
  const held = scale === 'linear' ? includes : [];
  const [min, max] = [Math.min(least, ...held), Math.max(greatest, ...held)];
  if (scale === 'log') {
    const margin = Math.max((max / min) ** 0.06, 1.05);
    return [min / margin, max * margin];
  }
  const margin = Math.max((max - min) * 0.06, Math.abs(max) * 0.01, 1e-9);
  // What is never negative does not need an axis that is.
  return [min >= 0 && min - margin < 0 ? 0 : min - margin, max + margin];
}

/** Round numbers in the range, about `count` of them, evenly spread as the scale shows them. */
export function valueTicks([min, max]: Range, scale: Scale, count: number): number[] {
  if (scale === 'linear') return linearTicks(min, max, count);
  if (scale === 'log') return logTicks(min, max, count);
  const half = Math.ceil(count / 2);
  const size = Math.max(Math.abs(min), Math.abs(max));
  const positive = logTicks(size / 1000, size, half).filter((tick) => tick >= 0.01);
  return [...positive.map((tick) => -tick).reverse(), 0, ...positive].filter((tick) => tick >= min && tick <= max);
}

/** Multiples of 1, 2 or 5 times a power of ten: of those steps the one nearest to `count` ticks. */
export function linearTicks(min: number, max: number, count: number): number[] {
  const rough = (max - min) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const ratio = rough / power;
  const step = power * (ratio < 1.5 ? 1 : ratio < 3.5 ? 2 : ratio < 7.5 ? 5 : 10);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  // Multiplying integers and rounding keeps 0.3 from becoming 0.30000000000000004.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Steps within each power of ten, densest first. */
const MANTISSAS: readonly (readonly number[])[] = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]];

function logTicks(min: number, max: number, count: number): number[] {
  if (max / min < 4) return linearTicks(min, max, count);
  const first = Math.floor(Math.log10(min));
  const last = Math.floor(Math.log10(max));
  for (const mantissas of MANTISSAS) {
    const ticks: number[] = [];
    for (let power = first; power <= last; power++) {
      for (const mantissa of mantissas) ticks.push(Number((mantissa * 10 ** power).toPrecision(12)));
    }
    const inside = ticks.filter((tick) => tick >= min && tick <= max);
    if (inside.length <= count) return inside;
  }
  const powers = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  const every = Math.ceil(powers.length / Math.max(1, count));
  return powers.filter((tick, i) => tick >= min && i % every === 0);
}

export const stepLabel = (step: number): string => (Number.isInteger(step) ? formatTick(step) : '');

/** Shorter than a value elsewhere: ticks are round numbers. */
export function valueLabel(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 100_000)) return formatValue(value);
  return String(value).replace('-', '−');
}
