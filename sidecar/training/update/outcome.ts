/** What a compiled step returns, as numbers. */
import type { HostTensorMap } from '../../engine/engine.ts';
import { firstNotFinite } from './watch.ts';

export interface StepOutcome {
  /** Losses and other scalars by their name in the metrics. */
  readonly metrics: Readonly<Record<string, number>>;
  /** The first tensor in the order of computation that held NaN or infinity; null when none did. */
  readonly notFinite: string | null;
}

/** `outputs`: scalars by their name in the metrics, and `flags`, one number for each name that is `watched`. */
export function outcomeOf({ flags, ...scalars }: HostTensorMap, watched: readonly string[]): StepOutcome {
  return {
    metrics: Object.fromEntries(Object.entries(scalars).map(([name, { data }]) => [name, data[0] ?? Number.NaN])),
    notFinite: firstNotFinite(watched, flags?.data ?? []),
  };
}
