/** One training step of a model that minimises a likelihood: one loss, one optimizer, one program. */
import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { Batch } from '../../data/dataset.ts';
import type { Engine, HostTensorMap, StepFunction, StepRandom } from '../../engine/engine.ts';
import type { ModelSpec } from '../../models/architecture.ts';
import { batchInputs, scalarInput } from '../../sampling/batch-inputs.ts';
import type { Variables } from '../../sampling/variables.ts';
import type { Metrics } from '../../terms/metrics.ts';
import { Optimizer } from '../optimizers/optimizer.ts';
import { descend } from '../update/descend.ts';
import { outcomeOf, type StepOutcome } from '../update/outcome.ts';
import { progressAt } from '../update/progress.ts';
import { averageDecay, plannedNumbers } from '../update/schedules.ts';
import { Watch } from '../update/watch.ts';
import { WeightAverage } from '../update/weight-average.ts';

/** What a model computes of a batch. */
export interface Forward {
  readonly loss: tf.Scalar;
  readonly metrics: Readonly<Metrics<tf.Scalar>>;
  /** By their name in the message that says where the first NaN was, in the order of computation. */
  readonly watched: Readonly<Record<string, tf.Tensor>>;
}

export interface LikelihoodModel {
  /** Names of the networks that are trained; their weights are in the variables. */
  readonly networks: readonly string[];
  /** What samples are made with, which the average of weights follows. */
  readonly sampled: readonly tf.Variable[];
  /** Examples [n, …] in [−1, 1], labels one-hot [n, classes] or null. */
  forward(examples: tf.Tensor, labels: tf.Tensor2D | null, random: StepRandom): Forward;
}

export interface LikelihoodStep {
  /** Trains on one batch. `step` counts from 0 and selects noise, dropout and schedules. */
  run(step: number, batch: Batch): Promise<StepOutcome>;
  dispose(): void;
}

/**
 * Adds the optimizer's slots, and the average where there is one, to `variables`; tracing waits for
 * the first run.
 * @param totalExamples of the whole run, which schedules are measured by.
 */
export function compileLikelihoodStep(
  config: ResolvedConfig,
  spec: ModelSpec,
  model: LikelihoodModel,
  variables: Variables,
  engine: Engine,
  totalExamples: number,
): LikelihoodStep {
  const { batchSize, seed, emaHalfLife } = config.training;
  const weights = model.networks.flatMap((network) => variables.trainable(network));
  const optimizer = new Optimizer(config.optimizer.generator, weights, variables);
  const average = emaHalfLife > 0 ? new WeightAverage(model.sampled, variables) : null;
  let watched: readonly string[] = [];

  const program: StepFunction = ({ examples, labels, numbers, decay }, random) => {
    const watch = new Watch();
    watch.add('real examples', examples as tf.Tensor);
    let metricNames: readonly string[] = [];
    let tensorNames: readonly string[] = [];
    const descent = descend(weights, () => {
      const made = model.forward(examples as tf.Tensor, (labels ?? null) as tf.Tensor2D | null, random);
      metricNames = Object.keys(made.metrics);
      tensorNames = Object.keys(made.watched);
      return { loss: made.loss, kept: { ...made.watched, ...made.metrics } };
    });
    const kept = descent.kept as Readonly<Record<string, tf.Tensor>>;
    for (const name of tensorNames) watch.add(name, kept[name] as tf.Tensor);
    watch.add('loss', descent.loss);
    watch.addGradients(descent.gradients);
    optimizer.apply(descent.gradients, numbers as tf.Tensor);
    for (const weight of weights) watch.add(weight.name, weight);
    average?.follow(decay as tf.Scalar);

    watched = watch.names;
    const metrics = Object.fromEntries(metricNames.map((name) => [name, tf.clone(kept[name] as tf.Tensor)]));
    descent.dispose();
    return { ...metrics, flags: watch.flags() };
  };

  const compiled = engine.compile('training step', program);
  return {
    async run(step, batch) {
      const progress = progressAt(step, batchSize, totalExamples);
      const { learningRate, beta2 } = plannedNumbers(config, progress);
      const inputs: HostTensorMap = {
        ...batchInputs(batch, spec),
        numbers: optimizer.numbers([{ t: step + 1, learningRate: learningRate.generator, beta2: beta2.generator }]),
        ...(average ? { decay: scalarInput(averageDecay(config.training, progress)) } : {}),
      };
      return outcomeOf(await compiled.run(inputs, { seed, step }), watched);
    },
    dispose: () => compiled.dispose(),
  };
}
