/** After which steps the loop records what: metrics, sample grid, checkpoint. Steps count from 1 here. */

import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { DatasetInfo } from '../data/dataset.ts';
import { CHECKPOINT_SECONDS } from '../keys/endless.ts';
import { UserError } from '../terms/errors.ts';
import { secondsToNextGrid } from './sample-schedule.ts';
import { imagesPerStep } from './step-size.ts';

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
  return Math.ceil(((epochs ?? 0) * dataset.size) / imagesPerStep(config));
}

/** By steps alone, so that a resumed run records the same rows as an uninterrupted one. */
export const metricsDue = ({ monitor }: ResolvedConfig, step: number, total: number): boolean =>
  step === 1 || step === total || step % monitor.logEvery === 0;

/** `seconds` of training so far and when the last checkpoint was written. */
export const checkpointDue = (
  { monitor }: ResolvedConfig,
  step: number,
  total: number,
  seconds: number,
  lastSave: number,
): boolean => step === total || step % monitor.checkpointEvery === 0 || seconds - lastSave >= CHECKPOINT_SECONDS;

/** `seconds` of training so far and when the last grid was drawn. */
export function sampleDue(
  config: ResolvedConfig,
  dataset: DatasetInfo,
  step: number,
  total: number,
  seconds: number,
  lastGrid: number,
): boolean {
  const { sampleEvery, sampleEveryEpochs, sampleEverySeconds } = config.monitor;
  const images = imagesPerStep(config);
  const periods = (n: number) => Math.floor((n * images) / (dataset.size * (sampleEveryEpochs ?? 1)));
  return (
    step === total ||
    (sampleEvery !== null && step % sampleEvery === 0) ||
    (sampleEveryEpochs !== null && periods(step) > periods(step - 1)) ||
    seconds - lastGrid >= secondsToNextGrid(lastGrid, sampleEverySeconds)
  );
}
