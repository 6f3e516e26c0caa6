/** What to tell people whose device is lost or full. */
import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { DatasetInfo } from '../data/dataset.ts';
import { DeviceLostError, OutOfMemoryError } from '../engine/errors/errors.ts';
import { describeModel } from '../models/describe.ts';
import { UserError } from '../terms/errors.ts';
import { modelSpec } from '../training/model-spec.ts';

/** What a step takes, in bytes. */
export interface StepMemory {
  /** At its fullest moment, at the batch size that was tried; null where that is not known. */
  readonly needed: number | null;
  /** The part of it that no batch size changes. */
  readonly fixed: number;
  /** What the device has; null where nothing tells. */
  readonly available: number | null;
}

/** Of a device's memory; drivers, other programs and what operations need inside them take the rest. */
const USABLE = 0.7;

/**
 * The largest power of two below `batchSize` whose step should fit; null where not even one image
 * does. Half of it where nothing is known.
 */
export function fittingBatch(batchSize: number, { needed, fixed, available }: StepMemory): number | null {
  if (batchSize <= 1) return null;
  const perImage = needed === null ? 0 : Math.max(0, needed - fixed) / batchSize;
  const limit = needed === null || available === null ? Number.POSITIVE_INFINITY : USABLE * available;
  let fitting = 2 ** (Math.ceil(Math.log2(batchSize)) - 1);
  while (fitting >= 1 && fixed + fitting * perImage > limit) fitting /= 2;
  return fitting >= 1 ? fitting : null;
}

/** Weights and both moments of Adam, as read and as written. */
function fixedBytes(config: ResolvedConfig, dataset: DatasetInfo): number {
  return 4 * 3 * 2 * describeModel(config.model.architecture, modelSpec(config, dataset), 1).parameters;
}

/** Layer outputs and their gradients: less than a step takes, for where nothing better is known. */
function leastBytes(config: ResolvedConfig, dataset: DatasetInfo): number {
  const { model, training } = config;
  return 2 * describeModel(model.architecture, modelSpec(config, dataset), training.batchSize).bytesPerBatch;
}

export type DeviceFailure = DeviceLostError | OutOfMemoryError;

/** `error` where a device is to blame for it, or the memory of the host; null otherwise. */
export function deviceFailureIn(error: unknown): DeviceFailure | null {
  if (error instanceof DeviceLostError || error instanceof OutOfMemoryError) return error;
  const refused = error instanceof RangeError && /array buffer allocation failed/i.test(error.message);
  return refused ? new OutOfMemoryError('cpu', `${error.message}.`, null, error) : null;
}

/**
 * A device's failure in mid-run as a UserError "device/lost" or "device/out-of-memory".
 *
 * @param available bytes that the device has; null where nothing tells.
 * @param savedStep of the checkpoint that is kept; null: there is none yet.
 */
export function explainDeviceFailure(
  error: DeviceFailure,
  config: ResolvedConfig,
  dataset: DatasetInfo,
  available: number | null,
  savedStep: number | null,
): UserError {
  const kept = savedStep === null ? 'There is no checkpoint yet.' : `The checkpoint of step ${savedStep} is kept.`;
  if (error instanceof DeviceLostError) {
    const remedy = savedStep === null ? 'Start the run again' : 'Resume the run';
    return new UserError(
      'device/lost',
      `The device "${error.device}" was lost: ${error.detail} ${kept} ${remedy}, with --device cpu if it happens again.`,
      { cause: error },
    );
  }
  const { batchSize } = config.training;
  const needed = error.bytes ?? leastBytes(config, dataset);
  const memory = { needed, fixed: fixedBytes(config, dataset), available };
  const fitting = fittingBatch(batchSize, memory);
  const remedy =
    fitting === null
      ? 'Not even a batch of one image fits: choose a smaller model or image size.'
      : `A batch of ${fitting} should fit: start a new run with training.batchSize ${fitting}.`;
  return new UserError(
    'device/out-of-memory',
    `The device "${error.device}" has too little memory for training.batchSize ${batchSize}. ${remedy} ${kept}`,
    { cause: error },
  );
}
