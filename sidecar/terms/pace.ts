/** How fast a run is and how long it still takes: the same numbers and words wherever they are shown. */
import type { MetricsRow } from './run-record.ts';

/** Rows that count: enough to be steady, few enough to follow a change of load. */
export const PACE_WINDOW = 20;

export interface Pace {
  readonly examplesPerSecond: number;
  readonly secondsPerStep: number;
}

/**
 * The pace over the newest rows; null before there are two, because the first step of a process
 * holds the time of compiling. Rows are in the order of their steps.
 */
export function paceOf(rows: readonly MetricsRow[]): Pace | null {
  const last = rows.at(-1);
  const first = rows[Math.max(0, rows.length - PACE_WINDOW)];
  if (first === undefined || last === undefined) return null;
  const seconds = last.seconds - first.seconds;
  const steps = last.step - first.step;
  if (!(seconds > 0 && steps > 0)) return null;
  return { examplesPerSecond: (last.images - first.images) / seconds, secondsPerStep: seconds / steps };
}

/** Seconds from `step` to `steps` at the pace of these rows; null while it cannot be told. */
export function secondsLeft(rows: readonly MetricsRow[], step: number, steps: number): number | null {
  const pace = paceOf(rows);
  return pace === null || steps <= 0 ? null : Math.max(0, steps - step) * pace.secondsPerStep;
}

const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** Two units at most: "45 s", "3 min 20 s", "1 h 5 min", "2 d 3 h"; "–" for what is no duration. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  const whole = Math.round(seconds);
  if (whole < 1) return seconds > 0 ? '< 1 s' : '0 s';
  const first = units.findIndex(([size]) => whole >= size);
  const [size, name] = units[first] ?? [1, 's'];
  const next = units[first + 1];
  const rest = next ? Math.floor((whole % size) / next[0]) : 0;
  return `${Math.floor(whole / size)} ${name}${next && rest > 0 ? ` ${rest} ${next[1]}` : ''}`;
}
