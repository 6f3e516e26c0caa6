/**
 * One adversarial step as one program: the discriminator descends, as often as the config says, each
 * time on a batch of its own, then the generator against the new discriminator (algorithm 1 of
 * Goodfellow et al. 2014), each from noise of its own.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensorMap, StepFunction } from '../../engine/engine.ts';
import { outcomeOf, type StepOutcome } from '../update/outcome.ts';
import { Watch } from '../update/watch.ts';
import type { WeightAverage } from '../update/weight-average.ts';
import { updateDiscriminator } from './discriminator.ts';
import { updateGenerator } from './generator.ts';
import { batchOf } from './reals.ts';
import type { GanSetup, Named, StepContext } from './step-context.ts';

export interface GanStep {
  run(inputs: HostTensorMap, step: number): Promise<StepOutcome>;
  dispose(): void;
}

/** Tracing waits for the first run. `average` follows the generators. */
export function compileGanStep(setup: GanSetup, average: WeightAverage | null, engine: Engine): GanStep {
  const { objective, training } = setup.config;
  const { networks } = setup;
  let watched: readonly string[] = [];

  const program: StepFunction = (inputs, random) => {
    const watch = new Watch();
    const training = { training: true, random, keepStatistics: false } as const;
    const fade = (inputs.fade ?? null) as tf.Scalar | null;
    const context: StepContext = {
      inputs,
      random,
      fade,
      watch,
      training,
      updating: { ...training, keepStatistics: true },
      augment: (examples) => setup.regulation.augment(examples, inputs.noise, random),
    };
    watch.add('real examples', inputs.examples as tf.Tensor);
    const { discriminatorSteps } = objective;
    let reals = batchOf(inputs, 0, discriminatorSteps, networks, fade);
    let scalars: Named = updateDiscriminator(setup, context, reals, 0);
    for (let at = 1; at < discriminatorSteps; at++) {
      reals = batchOf(inputs, at, discriminatorSteps, networks, fade);
      scalars = updateDiscriminator(setup, context, reals, at);
    }
    scalars = { ...scalars, ...updateGenerator(setup, context, reals) };
    average?.follow(inputs.average as tf.Scalar);
    watched = watch.names;
    return { ...scalars, flags: watch.flags() };
  };

  const compiled = engine.compile('training step', program);
  return {
    async run(inputs, step) {
      return outcomeOf(await compiled.run(inputs, { seed: training.seed, step }), watched);
    },
    dispose: () => compiled.dispose(),
  };
}
