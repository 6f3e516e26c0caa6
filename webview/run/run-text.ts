/** A run in words: state, data, what to do about a failure. */
import { errorKindOf } from '../../sidecar/terms/error-codes.ts';
import { durationText, secondsLeft } from '../../sidecar/terms/pace.ts';
import { formatCount } from '../base/format.ts';
import { t } from '../base/l10n.ts';
import type { PanelRun } from '../messages.ts';
import { type RunCurve, valuesOf, valuesText } from './curves.ts';
import type { MetricsHistory } from './metrics-history.ts';

export type PanelState = PanelRun['state'];

/** Name and codicon of each state. */
export const STATES: Record<PanelState, { readonly label: string; readonly icon: string }> = {
  starting: { label: t('Starting'), icon: 'loading codicon-modifier-spin' },
  running: { label: t('Running'), icon: 'circle-filled' },
  paused: { label: t('Paused'), icon: 'debug-pause' },
  finished: { label: t('Finished'), icon: 'pass-filled' },
  stopped: { label: t('Stopped'), icon: 'stop-circle' },
  failed: { label: t('Failed'), icon: 'error' },
  interrupted: { label: t('Interrupted'), icon: 'warning' },
};

/** True while a process works on the run. */
export const isLive = (state: PanelState): boolean => state === 'starting' || state === 'running' || state === 'paused';

/** The step counted so far: run.json is written less often than metrics are. */
export const currentStep = (run: PanelRun, history: MetricsHistory): number =>
  Math.max(run.step, history.newest?.step ?? 0);

/** Seconds until the last step; null when nobody works on the run or it cannot be told. */
export const timeLeft = (run: PanelRun, history: MetricsHistory): number | null =>
  isLive(run.state) ? secondsLeft(history.rows, currentStep(run, history), run.steps) : null;

/** "mnist, 60,000 images, 28 × 28, 10 classes". */
export function datasetText(dataset: NonNullable<PanelRun['dataset']>): string {
  const { name, size, unit, shape, classes } = dataset;
  return [
    name,
    size === null ? 'endless' : `${formatCount(size)} ${t(unit)}`,
    shape.filter((length, i) => i === 0 || length > 1).join(' × '),
    ...(classes > 1 ? [t('{0} classes', formatCount(classes))] : []),
  ].join(', ');
}

/** One sentence or two for a screen reader: where the run stands. */
export function spokenSummary(run: PanelRun, history: MetricsHistory, curves: readonly RunCurve[]): string {
  const last = history.newest;
  const done = formatCount(currentStep(run, history));
  const step = run.steps > 0 ? t('Step {0} of {1}.', done, formatCount(run.steps)) : t('Step {0}.', done);
  if (!last) return step;
  const left = run.state === 'running' ? timeLeft(run, history) : null;
  return [
    step,
    ...(curves.length === 0 ? [] : [t('Newest: {0}.', valuesText(curves, valuesOf(curves, last)))]),
    ...(left === null ? [] : [t('{0} left.', durationText(left))]),
  ].join(' ');
}

/** What to do about a failure, by its code. The message itself says what is wrong. */
export function failureAdvice(code: string): string {
  switch (errorKindOf(code).offer) {
    case 'lower-rates':
      return t(
        'The last good checkpoint is kept. Lower the learning rates in the config and train again, or resume from the checkpoint.',
      );
    case 'resume':
      return t('The last checkpoint is kept. Resume from it, or choose another device in the config.');
    case 'smaller-batch':
      return t(
        'The last checkpoint is kept. Lower training.batchSize in the config and train again, or choose another device.',
      );
    case 'edit-config':
      return t('Fix the config, then train again.');
    case 'choose-device':
      return t('Choose another device in the config, or see the log for details.');
    default:
      return t('The log has the details.');
  }
}
