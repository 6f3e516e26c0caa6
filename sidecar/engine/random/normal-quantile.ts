/** Up to this distance from 1/2 one rational function is enough. */
const CENTRAL = 0.425;

/**
 * The number that a standard normal stays below with `probability` in (1e-10, 1 − 1e-10), to a
 * relative error of 1e-7 (PPND7 of Wichura, algorithm AS 241, 1988).
 */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  if (Math.abs(q) <= CENTRAL) {
    const r = CENTRAL ** 2 - q * q;
    const above = ((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
    const below = ((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1;
    return (q * above) / below;
  }
  const r = Math.sqrt(-Math.log(Math.min(probability, 1 - probability))) - 1.6;
  const above = ((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777;
  const below = (0.12021132975 * r + 0.7370016425) * r + 1;
  return (Math.sign(q) * above) / below;
}
