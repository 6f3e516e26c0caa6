/** How far a run is, in words. The same words in the status bar, the code lens and the view of runs. */
import type { MetricsRow, ObservedState, RunRecord } from '../sidecar/runs/run-record.ts';

/** What is needed to say how far a run is. */
export interface Progress {
  readonly name: string;
  readonly state: ObservedState | 'stopping';
  readonly record: Pick<RunRecord, 'step' | 'steps'> | undefined;
  readonly latest: MetricsRow | undefined;
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** "1,200 of 3,000"; "1,200" while the number of steps is not known; '' before the first step. */
export function stepText({ record, latest }: Progress): string {
  const step = Math.max(latest?.step ?? 0, record?.step ?? 0);
  if (!record || (step === 0 && record.steps === 0)) return '';
  return record.steps > 0 ? `${whole.format(step)} of ${whole.format(record.steps)}` : whole.format(step);
}

/** "850 images/s", or '' before the first metrics. */
export function speedText({ latest }: Progress): string {
  return latest && latest.imagesPerSecond > 0 ? `${whole.format(latest.imagesPerSecond)} images/s` : '';
}

/** Seconds until the last step at the speed so far, or undefined while that is not known. */
export function secondsLeft({ record, latest }: Progress): number | undefined {
  if (!record || !latest || record.steps === 0 || latest.step === 0) return undefined;
  return Math.max(0, record.steps - latest.step) * (latest.seconds / latest.step);
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** Two units at most: "45 s", "12 min", "3 h 20 min", "2 d 4 h". */
export function durationText(seconds: number): string {
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? ['s', 1];
  const [smaller, part] = unit === 'd' ? ['h', 3600] : ['min', 60];
  const rest = unit === 'd' || unit === 'h' ? Math.floor((seconds % size) / part) : 0;
  const whole = unit === 's' ? Math.round(seconds) : Math.floor(seconds / size);
  return rest > 0 ? `${whole} ${unit} ${rest} ${smaller}` : `${whole} ${unit}`;
}

/** "45 s left", or ''. */
export function timeLeftText(progress: Progress): string {
  const seconds = secondsLeft(progress);
  return seconds === undefined ? '' : `${durationText(seconds)} left`;
}

/** "step 1,200 of 3,000 · 2 min left". */
export function progressText(progress: Progress): string {
  const step = stepText(progress);
  const left = progress.state === 'running' ? timeLeftText(progress) : '';
  return [step && `step ${step}`, left].filter(Boolean).join(' · ');
}
