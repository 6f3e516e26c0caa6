/** How long a run still takes, from the speed of its last rows. */
import type { MetricsRow } from '../runs/run-record.ts';

/** Rows that count: enough to be steady, few enough to follow a change of load. */
const WINDOW = 20;

export class TimeLeft {
  #rows: MetricsRow[] = [];

  add(row: MetricsRow): void {
    this.#rows = [...this.#rows.slice(1 - WINDOW), row];
  }

  /** Seconds from `step` to `steps`, or null while there is nothing to go by. */
  seconds(step: number, steps: number): number | null {
    const first = this.#rows[0];
    const last = this.#rows.at(-1);
    if (first === undefined || last === undefined || last.step <= first.step) return null;
    return (Math.max(0, steps - step) * (last.seconds - first.seconds)) / (last.step - first.step);
  }
}
