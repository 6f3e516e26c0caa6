/** A run in words: state, data, what to do about a failure. */
import { durationText, secondsLeft } from '../../sidecar/runs/pace.ts';
import { formatCount } from '../base/format.ts';
import type { PanelRun } from '../messages.ts';
import { type RunCurve, valuesOf, valuesText } from './curves.ts';
import type { MetricsHistory } from './metrics-history.ts';

export type PanelState = PanelRun['state'];

/** Name and codicon of each state. */
export const STATES: Record<PanelState, { readonly label: string; readonly icon: string }> = {
  starting: { label: 'Starting', icon: 'loading codicon-modifier-spin' },
  running: { label: 'Running', icon: 'circle-filled' },
  paused: { label: 'Paused', icon: 'debug-pause' },
  finished: { label: 'Finished', icon: 'pass-filled' },
  stopped: { label: 'Stopped', icon: 'stop-circle' },
  failed: { label: 'Failed', icon: 'error' },
  interrupted: { label: 'Interrupted', icon: 'warning' },
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
    size === null ? 'endless' : `${formatCount(size)} ${unit}`,
    shape.filter((length, i) => i === 0 || length > 1).join(' × '),
    ...(classes > 1 ? [`${formatCount(classes)} classes`] : []),
  ].join(', ');
}

/** One sentence or two for a screen reader: where the run stands. */
export function spokenSummary(run: PanelRun, history: MetricsHistory, curves: readonly RunCurve[]): string {
  const last = history.newest;
  const step = `Step ${formatCount(currentStep(run, history))}${run.steps > 0 ? ` of ${formatCount(run.steps)}` : ''}.`;
  if (!last) return step;
  const left = run.state === 'running' ? timeLeft(run, history) : null;
  return [
    step,
    ...(curves.length === 0 ? [] : [`Newest: ${valuesText(curves, valuesOf(curves, last))}.`]),
    ...(left === null ? [] : [`${durationText(left)} left.`]),
  ].join(' ');
}

/** What to do about a failure, by the area its code begins with. The message itself says what is wrong. */
export function failureAdvice(code: string): string {
  const area = code.split('/')[0] ?? '';
  if (code === 'training/not-finite') {
    return 'The last good checkpoint is kept. Lower the learning rates in the config and train again, or resume from the checkpoint.';
  }
  if (code === 'device/lost')
    return 'The last checkpoint is kept. Resume from it, or choose another device in the config.';
  if (code === 'device/out-of-memory') {
    return 'The last checkpoint is kept. Lower training.batchSize in the config and train again, or choose another device.';
  }
  if (area === 'config' || area === 'data') return 'Fix the config, then train again.';
  if (area === 'engine' || area === 'device') return 'Choose another device in the config, or see the log for details.';
  return 'The log has the details.';
}
