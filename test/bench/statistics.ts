/** Median and range of a few rounds. */
export interface Summary {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Throws RangeError for no values. */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (below === undefined || above === undefined || lowest === undefined || highest === undefined) {
    throw new RangeError('there are no values to summarise');
  }
  return { median: (below + above) / 2, lowest, highest };
}

/**
 * The median over the rounds of what one engine did to what another did in the same round, which a
 * machine that grows slower between rounds does not move. Both lists are by round, of equal length.
 */
export function ratio(values: readonly number[], others: readonly number[]): number {
  if (values.length !== others.length) throw new RangeError('a ratio needs the same rounds of both');
  return summarise(values.map((value, round) => value / others[round]!)).median;
}
