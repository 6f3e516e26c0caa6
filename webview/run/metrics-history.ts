/** Every metrics row of the run, ordered by step, and what can be computed from them. */
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';

/** One metric over the rows; null where there is nothing to draw. */
export type Values = (number | null)[];

export class MetricsHistory {
  #rows: MetricsRow[] = [];
  /** Curves asked for so far; they grow with the rows and start anew when rows change place. */
  readonly #curves = new Map<string, Values>();

  get rows(): readonly MetricsRow[] {
    return this.#rows;
  }

  get newest(): MetricsRow | undefined {
    return this.#rows.at(-1);
  }

  /** Takes a snapshot's rows in any order; of rows with the same step the last one counts. */
  replace(rows: readonly MetricsRow[]): void {
    this.#rows = ordered(rows);
    this.#curves.clear();
  }

  /** Takes rows that may be late, repeated or already known. */
  add(rows: readonly MetricsRow[]): void {
    const newest = this.newest?.step ?? Number.NEGATIVE_INFINITY;
    const fresh = ordered(rows);
    if ((fresh[0]?.step ?? Number.POSITIVE_INFINITY) > newest) {
      for (const row of fresh) this.#rows.push(row);
    } else {
      this.replace([...this.#rows, ...fresh]);
    }
  }

  steps(): readonly number[] {
    // Rows without a step are not kept.
    return this.curve('step') as readonly number[];
  }

  /** One metric over all rows; what is not a finite number is a gap. The array grows later on. */
  curve(metric: string): Values {
    const curve = this.#curves.get(metric) ?? [];
    this.#curves.set(metric, curve);
    for (let i = curve.length; i < this.#rows.length; i++) {
      const value = this.#rows[i]?.[metric];
      curve.push(Number.isFinite(value) ? (value as number) : null);
    }
    return curve;
  }
}

/**
 * Exponential moving average with the bias of its start removed (Kingma & Ba 2015, section 3), so
 * that the first values are not drawn towards 0. Gaps stay gaps and do not enter the average.
 * `weight` in [0, 1): 0 changes nothing.
 */
export function smooth(curve: Values, weight: number): Values {
  if (weight === 0) return curve;
  let average = 0;
  let remaining = 1;
  return curve.map((value) => {
    if (value === null) return null;
    average = weight * average + (1 - weight) * value;
    remaining *= weight;
    return average / (1 - remaining);
  });
}

function ordered(rows: readonly MetricsRow[]): MetricsRow[] {
  const usable = rows.filter((row) => Number.isFinite(row.step));
  if (usable.every((row, i) => i === 0 || row.step > (usable[i - 1] as MetricsRow).step)) return usable;
  const byStep = new Map(usable.map((row) => [row.step, row]));
  return [...byStep.values()].sort((a, b) => a.step - b.step);
}
