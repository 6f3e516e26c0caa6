/** Where a coordinate outside an image reads it: TensorFlow's fill modes. */
import { add, binary, compare, div, mul, scalar, sub, unary, where } from '../graph/arithmetic.ts';
import type { Value } from '../graph/value.ts';

export type FillMode = 'constant' | 'reflect' | 'wrap' | 'nearest';

const clamp = (x: Value, length: number): Value => binary('Min', binary('Max', x, scalar(0)), scalar(length - 1));

const less = (a: Value, b: Value) => compare('Less', a, b);
const neg = (x: Value) => unary('Neg', x);
/** Whole periods in a number that is not negative. */
const periods = (x: Value, period: number) => unary('Floor', div(x, scalar(period)));

/** [abcd] continues as [dcba|abcd|dcba]. */
function reflect(x: Value, length: number): Value {
  const twice = 2 * length;
  const nearby = add(x, mul(periods(neg(x), twice), scalar(twice)));
  const below = where(less(nearby, scalar(-length)), add(nearby, scalar(twice)), sub(neg(nearby), scalar(1)));
  const rest = sub(x, mul(periods(x, twice), scalar(twice)));
  const above = where(less(rest, scalar(length)), rest, sub(scalar(twice - 1), rest));
  return where(less(x, scalar(0)), below, where(less(scalar(length - 1), x), above, x));
}

/** [abcd] continues as [abcd|abcd|abcd]. */
function wrap(x: Value, length: number): Value {
  const period = length - 1;
  const below = add(x, mul(add(periods(neg(x), period), scalar(1)), scalar(length)));
  const above = sub(x, mul(periods(x, period), scalar(length)));
  return where(less(x, scalar(0)), below, where(less(scalar(length - 1), x), above, x));
}

/** The coordinate that is read for `x` in an image of `length`; "constant" leaves it outside. */
export function mapCoordinate(x: Value, length: number, mode: FillMode): Value {
  switch (mode) {
    case 'reflect':
      return clamp(length > 1 ? reflect(x, length) : x, length);
    case 'wrap':
      return clamp(length > 1 ? wrap(x, length) : x, length);
    case 'nearest':
      return clamp(x, length);
    default:
      return x;
  }
}
