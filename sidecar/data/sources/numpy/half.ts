/** Numbers of 16 bits (IEEE 754 binary16), which only newer versions of Node.js read by themselves. */

const FRACTIONS = 2 ** 10;
const smallest = 2 ** -24;

/** @param bits a sign, 5 bits of exponent, 10 of fraction. */
export function halfPrecision(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * smallest;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (FRACTIONS + fraction) * 2 ** (exponent - 25);
}
