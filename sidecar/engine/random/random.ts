/** Counter-based random numbers: (seed, step, use, position) → numbers, with no state to save. */

import { type Draw, fillBytes, fillKept, fillUnits } from './bits.ts';
import { fillPairs } from './box-muller.ts';
import { normalQuantile } from './normal-quantile.ts';

export type { Draw } from './bits.ts';

/** 24 random bits are all that a float32 below 1 can hold evenly. */
const UNIT = 2 ** -24;

let scratch = new Uint32Array(0);

/** Valid until the next call. */
function words(length: number, draw: Draw): Uint32Array {
  if (scratch.length < length) scratch = new Uint32Array(length);
  fillBytes(new Uint8Array(scratch.buffer, 0, length * 4), draw);
  return scratch;
}

/** Uniform in [0, 1). */
export const fillUniform = (into: Float32Array, draw: Draw): void => fillUnits(into, draw);

/** Standard normal; two neighbours come from two uniforms. */
export function fillNormal(into: Float32Array, draw: Draw): void {
  fillPairs(into, words(into.length + (into.length & 1), draw));
}

/** Φ(2), the share of a standard normal below two standard deviations. */
const BELOW_TWO = 0.9772498680518208;

/** Standard normal within two standard deviations, as numbers beyond them drawn again would be. */
export function fillTruncatedNormal(into: Float32Array, draw: Draw): void {
  const bits = words(into.length, draw);
  for (let at = 0; at < into.length; at += 1) {
    const unit = ((bits[at]! >>> 8) + 0.5) * UNIT;
    into[at] = normalQuantile(1 - BELOW_TWO + unit * (2 * BELOW_TWO - 1));
  }
}

/** How many of 256 levels a dropout of `rate` drops. */
export function droppedLevels(rate: number): number {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`Dropout rate ${rate} is not in [0, 1).`);
  return Math.min(255, Math.round(rate * 256));
}

/** What a kept element is multiplied by: the mean stays 1. */
export const keptScale = (rate: number): number => Math.fround(256 / (256 - droppedLevels(rate)));

/** Bytes of 0 with probability `rate`, else 1. */
export function fillDropout(into: Uint8Array, rate: number, draw: Draw): void {
  fillKept(into, droppedLevels(rate), draw);
}
