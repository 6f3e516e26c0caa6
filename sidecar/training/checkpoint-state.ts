/** Everything that training needs to go on, taken from and put back into a run's variables. */
import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { CheckpointState } from '../runs/recorder.ts';
import type { Variables } from '../sampling/variables.ts';
import { UserError } from '../terms/errors.ts';
import { examplesPerStep } from './step-size.ts';

/** Reads every variable off the device. */
export async function takeCheckpoint(
  config: ResolvedConfig,
  variables: Variables,
  step: number,
  seconds: number,
): Promise<CheckpointState> {
  const { seed } = config.training;
  return { step, seed, images: step * examplesPerStep(config), seconds, tensors: await variables.read() };
}

/** The first tensor that cannot be trained on, such as a second moment that has overflowed; or null. */
export const notFiniteTensor = ({ tensors }: CheckpointState): string | null =>
  Object.keys(tensors).find((name) => !tensors[name]?.data.every(Number.isFinite)) ?? null;

/** Sets every variable. @throws UserError "checkpoint/mismatch" where the state is not of this config. */
export function restoreCheckpoint(config: ResolvedConfig, variables: Variables, state: CheckpointState): void {
  const { seed, batchSize } = config.training;
  const refuse = (how: string) => {
    throw new UserError(
      'checkpoint/mismatch',
      `The checkpoint of step ${state.step} cannot be resumed with this config: ${how}`,
    );
  };
  if (state.seed !== seed) refuse(`training.seed was ${state.seed} and is now ${seed}; set it back`);
  const images = examplesPerStep(config);
  if (state.images !== state.step * images) {
    const before = state.images / state.step;
    refuse(
      images === batchSize
        ? `training.batchSize was ${before} and is now ${batchSize}; set it back`
        : `a step took ${before} images and now takes ${images}; set training.batchSize and objective.discriminatorSteps back`,
    );
  }
  variables.assign(state.tensors);
}
