/** Numbers that are to be equal but for rounding. */
import assert from 'node:assert/strict';

type Actual = number | null | undefined;

/** For what is computed in float64. */
export const near = (actual: Actual, expected: number, tolerance = 1e-9, what = ''): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= tolerance, `${actual} is not ${expected} ${what}`);

/** For what has been stored as float32. */
export const nearInFloat32 = (actual: Actual, expected: number, what = '', tolerance = 1e-6): void =>
  near(actual, expected, tolerance, what);
