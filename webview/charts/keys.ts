/** The chart by keyboard: arrows move the cursor, + and − zoom around it, 0 and Escape show all. */
import type uPlot from 'uplot';

/** Where a key leads: the cursor to a row, or the chart to other steps (null: all of them). */
export type ChartMove = { readonly index: number } | { readonly zoom: [number, number] | null };

/** Share of the steps shown that one press takes away from either side of the cursor. */
const ZOOM = 0.25;
/** Presses of Page Up from one end of the steps shown to the other. */
const PAGES = 20;

/** What a key does; null where it does nothing. */
export function chartMove(key: string, plot: uPlot, steps: readonly number[]): ChartMove | null {
  if (steps.length === 0) return null;
  if (key === '0' || key === 'Escape') return { zoom: null };
  const { min = 0, max = 0 } = plot.scales.x ?? {};
  const [first, last] = [plot.valToIdx(min), plot.valToIdx(max)];
  const at = plot.cursor.idx ?? last;
  if (key === '+' || key === '=' || key === '-') {
    const centre = steps[at] ?? (min + max) / 2;
    const factor = key === '-' ? 1 / (1 - ZOOM) : 1 - ZOOM;
    return { zoom: [centre - (centre - min) * factor, centre + (max - centre) * factor] };
  }
  const page = Math.max(1, Math.round((last - first) / PAGES));
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    PageUp: at - page,
    PageDown: at + page,
    Home: first,
    End: last,
  };
  const target = targets[key];
  return target === undefined ? null : { index: Math.min(last, Math.max(first, target)) };
}
