/** How far a run is, in words. The same words in the status bar, the code lens and the view of runs. */
import { durationText, paceOf, secondsLeft } from '../../sidecar/runs/pace.ts';
import type { MetricsRow, ObservedState, RunRecord } from '../../sidecar/runs/run-record.ts';

/** What is needed to say how far a run is. */
export interface Progress {
  readonly name: string;
  readonly state: ObservedState | 'stopping';
  readonly record: Pick<RunRecord, 'step' | 'steps'> | undefined;
  /** Its newest metrics, in the order of their steps. */
  readonly recent: readonly MetricsRow[];
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** "1,200 of 3,000"; "1,200" while the number of steps is not known; '' before the first step. */
const stepOf = ({ record, recent }: Progress) => Math.max(recent.at(-1)?.step ?? 0, record?.step ?? 0);

export function stepText(progress: Progress): string {
  const { record } = progress;
  const step = stepOf(progress);
  if (!record || (step === 0 && record.steps === 0)) return '';
  return record.steps > 0 ? `${whole.format(step)} of ${whole.format(record.steps)}` : whole.format(step);
}

/** "850 images/s", or '' before the first metrics. */
export function speedText({ recent }: Progress): string {
  const pace = paceOf(recent);
  return pace ? `${whole.format(pace.imagesPerSecond)} images/s` : '';
}

/** "45 s left", or ''. */
export function timeLeftText(progress: Progress): string {
  const seconds = secondsLeft(progress.recent, stepOf(progress), progress.record?.steps ?? 0);
  return seconds === null ? '' : `${durationText(seconds)} left`;
}

/** "step 1,200 of 3,000 · 2 min left". */
export function progressText(progress: Progress): string {
  const step = stepText(progress);
  const left = progress.state === 'running' ? timeLeftText(progress) : '';
  return [step && `step ${step}`, left].filter(Boolean).join(' · ');
}
