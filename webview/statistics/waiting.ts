/** How long training waits for data. */

import { PACE_WINDOW } from '../../sidecar/terms/pace.ts';
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';

/** From here on, waiting for data is worth a word. */
export const MUCH_WAITING = 0.02;

/** Share of the newest rows' time in which training waited for data, 0 to 1; null before it can be told. */
export function waitingShare(rows: readonly MetricsRow[]): number | null {
  const newest = rows.slice(-PACE_WINDOW);
  let waited = 0;
  let elapsed = 0;
  for (const [i, row] of newest.entries()) {
    // The first row of a process holds the time of compiling.
    const seconds = row.seconds - (newest[i - 1]?.seconds ?? Number.NaN);
    if (!(seconds > 0) || !Number.isFinite(row.stall)) continue;
    waited += row.stall * seconds;
    elapsed += seconds;
  }
  return elapsed > 0 ? waited / elapsed : null;
}
