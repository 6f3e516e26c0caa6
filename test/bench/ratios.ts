/** Which engines are compared with which, and how. */
import type { BoundResult, EngineResult, ModelResult, Results } from './results.ts';
import { ratio, summarise } from './statistics.ts';

export type Measured = Extract<EngineResult, { status: 'measured' }>;

export const isMeasured = (result: EngineResult): result is Measured => result.status === 'measured';

/** An engine whose first losses are right, and only such a one, is compared with others. */
const comparable = (engines: readonly EngineResult[], is: (id: string) => boolean): Measured[] =>
  engines.filter(isMeasured).filter(({ engine, agrees }) => agrees && is(engine));

const fastest = (engines: readonly Measured[]): Measured | null =>
  [...engines].sort((a, b) => summarise(b.rounds).median - summarise(a.rounds).median)[0] ?? null;

export const find = (engines: readonly EngineResult[], engine: string): Measured | null =>
  comparable(engines, (id) => id === engine)[0] ?? null;

/** The faster PyTorch build, eager, on the CPU or on CUDA. */
export const fastestEager = (engines: readonly EngineResult[], cuda = false): Measured | null =>
  fastest(comparable(engines, (id) => (cuda ? /^pytorch-[\d.]+-cuda$/ : /^pytorch-[\d.]+$/).test(id)));

/** How many times as many images/s `a` makes as `b`; null where one is missing or its losses are wrong. */
export function speedup(a: Measured | null, b: Measured | null): number | null {
  if (a === null || b === null || !a.agrees || !b.agrees) return null;
  // What was measured once has no rounds to compare.
  if (a.rounds.length !== b.rounds.length) return summarise(a.rounds).median / summarise(b.rounds).median;
  return ratio(a.rounds, b.rounds);
}

/** The fastest matrix product of any engine, in operations a second. */
export function bestRate(bound: readonly BoundResult[]): { rate: number; shape: string; name: string } | null {
  const all = bound.flatMap(({ name, rates }) => Object.entries(rates).map(([shape, rate]) => ({ rate, shape, name })));
  return all.sort((a, b) => b.rate - a.rate)[0] ?? null;
}

/** Share of the machine's bound that an engine reaches on the model's own arithmetic; null off the CPU. */
export function shareOfBound(result: Measured, { operations }: ModelResult, all: Results): number | null {
  const best = bestRate(all.bound);
  if (best === null || !result.onCpu) return null;
  return (summarise(result.rounds).median * operations) / all.batchSize / best.rate;
}
