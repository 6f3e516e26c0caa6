/** How far a run is, in words. The same words in the status bar, the code lens and the view of runs. */
import { l10n } from 'vscode';
import { durationText, paceOf, secondsLeft } from '../../sidecar/terms/pace.ts';
import type { MetricsRow, ObservedState, RunRecord } from '../../sidecar/terms/run-record.ts';

/** What is needed to say how far a run is. */
export interface Progress {
  readonly name: string;
  readonly state: ObservedState | 'stopping';
  readonly record: Pick<RunRecord, 'step' | 'steps' | 'dataset'> | undefined;
  /** Its newest metrics, in the order of their steps. */
  readonly recent: readonly MetricsRow[];
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

const stepOf = ({ record, recent }: Progress) => Math.max(recent.at(-1)?.step ?? 0, record?.step ?? 0);

/** "1,200 of 3,000"; "1,200" while the number of steps is not known; '' before the first step. */
export function stepText(progress: Progress): string {
  const { record } = progress;
  const step = stepOf(progress);
  if (!record || (step === 0 && record.steps === 0)) return '';
  const done = whole.format(step);
  return record.steps > 0 ? l10n.t('{0} of {1}', done, whole.format(record.steps)) : done;
}

/** "850 images/s", or '' before the first metrics. */
export function speedText({ recent, record }: Progress): string {
  const pace = paceOf(recent);
  const unit = record?.dataset?.unit ?? l10n.t('examples');
  return pace ? l10n.t('{0} {1}/s', whole.format(pace.examplesPerSecond), unit) : '';
}

/** "45 s left", or ''. */
export function timeLeftText(progress: Progress): string {
  const seconds = secondsLeft(progress.recent, stepOf(progress), progress.record?.steps ?? 0);
  return seconds === null ? '' : l10n.t('{0} left', durationText(seconds));
}

/** "step 1,200 of 3,000 · 2 min left". */
export function progressText(progress: Progress): string {
  const step = stepText(progress);
  const left = progress.state === 'running' ? timeLeftText(progress) : '';
  return [step && l10n.t('step {0}', step), left].filter(Boolean).join(' · ');
}
