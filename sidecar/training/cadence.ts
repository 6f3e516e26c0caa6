/** After which steps the loop records what: metrics, sample grid, checkpoint. Steps count from 1 here. */

import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { DatasetInfo } from '../data/dataset.ts';
import { CHECKPOINT_SECONDS } from '../keys/endless.ts';
import { UserError } from '../terms/errors.ts';
import { secondsToNextGrid } from './sample-schedule.ts';
import { examplesPerStep } from './step-size.ts';

/** Steps of the whole run. An epoch shows as many images as the dataset has. */
export function totalSteps(config: ResolvedConfig, dataset: DatasetInfo): number {
  const { steps, epochs } = config.training;
  if (steps !== null) return steps;
  if (!Number.isFinite(dataset.size)) {
    throw new UserError(
      'training/endless-epochs',
      `${dataset.name} is endless and has no epochs: set training.steps instead of training.epochs`,
    );
  }
  return Math.ceil(((epochs ?? 0) * dataset.size) / examplesPerStep(config));
}

/** By steps alone, so that a resumed run records the same rows as an uninterrupted one. */
export const metricsDue = ({ monitor }: ResolvedConfig, step: number, total: number): boolean =>
  step === 1 || step === total || step % monitor.logEvery === 0;

/** Where the loop stands when it asks whether to record something. */
export interface LoopPosition {
  /** Steps done, and steps of the whole run. */
  readonly step: number;
  readonly total: number;
  /** Seconds of training so far, and how many there were when the thing was last recorded. */
  readonly seconds: number;
  readonly last: number;
}

/** Every so many steps, and where too much would be lost otherwise. */
export const checkpointDue = ({ monitor }: ResolvedConfig, { step, total, seconds, last }: LoopPosition): boolean =>
  step === total || step % monitor.checkpointEvery === 0 || seconds - last >= CHECKPOINT_SECONDS;

/** By steps, epochs or time, whichever the config names; `dataset` says how long an epoch is. */
export function sampleDue(config: ResolvedConfig, dataset: DatasetInfo, position: LoopPosition): boolean {
  const { step, total, seconds, last } = position;
  const { sampleEvery, sampleEveryEpochs, sampleEverySeconds } = config.monitor;
  const examples = examplesPerStep(config);
  const periods = (n: number) => Math.floor((n * examples) / (dataset.size * (sampleEveryEpochs ?? 1)));
  return (
    step === total ||
    (sampleEvery !== null && step % sampleEvery === 0) ||
    (sampleEveryEpochs !== null && periods(step) > periods(step - 1)) ||
    seconds - last >= secondsToNextGrid(last, sampleEverySeconds)
  );
}
