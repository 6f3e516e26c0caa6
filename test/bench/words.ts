/** Numbers as the tables write them. */

/** Three significant digits, no exponent. */
export const rate = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);

export const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`;

export const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;

export const gigaflops = (operationsPerSecond: number): string => `${(operationsPerSecond / 1e9).toFixed(0)} GFLOP/s`;
