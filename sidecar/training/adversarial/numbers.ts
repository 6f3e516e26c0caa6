/** The numbers of a step that change by plan, as inputs of its program. */
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { HostTensorMap } from '../../engine/engine.ts';
import { firstStep, type Stage } from '../../models/growth.ts';
import { scalarInput } from '../../sampling/batch-inputs.ts';
import { fadeInput } from '../../sampling/stages.ts';
import { instanceNoiseAt } from '../augment/instance-noise.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { progressAt } from '../update/progress.ts';
import { averageDecay, plannedNumbers } from '../update/schedules.ts';

export interface Plan {
  readonly config: ResolvedConfig;
  readonly optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer };
  readonly examplesPerStep: number;
  /** Of the whole run. */
  readonly totalExamples: number;
}

/** Of step `step`, from 0, which is in `stage`. */
export function stepNumbers(plan: Plan, stage: Stage, step: number): HostTensorMap {
  const { config, optimizers, examplesPerStep, totalExamples } = plan;
  const { training, augmentation, objective } = config;
  const progress = progressAt(step, examplesPerStep, totalExamples);
  const { learningRate, beta2, penalty } = plannedNumbers(config, progress);
  // A new resolution begins with moments of its own (Karras et al. 2018, as their program does).
  const round = step - firstStep(stage, examplesPerStep);
  const { discriminatorSteps } = objective;
  return {
    generator: optimizers.generator.numbers([
      { t: round + 1, learningRate: learningRate.generator, beta2: beta2.generator },
    ]),
    discriminator: optimizers.discriminator.numbers(
      Array.from({ length: discriminatorSteps }, (_, i) => ({
        t: round * discriminatorSteps + i + 1,
        learningRate: learningRate.discriminator,
        beta2: beta2.discriminator,
      })),
    ),
    ...(training.burnIn.images > 0 && { penalty: scalarInput(penalty) }),
    ...(augmentation.instanceNoise > 0 && { noise: scalarInput(instanceNoiseAt(augmentation, progress.after)) }),
    ...(training.emaHalfLife > 0 && { average: scalarInput(averageDecay(training, progress)) }),
    ...fadeInput(stage, progress.after, training.growEvery),
  };
}
