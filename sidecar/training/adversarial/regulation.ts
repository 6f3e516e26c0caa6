/** What keeps the discriminator in check and has a memory of its own, in the run's variables. */
import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { StepRandom } from '../../engine/engine.ts';
import { type AdversarialLoss, penaltyNames } from '../../objectives/abouts.ts';
import { objectives } from '../../objectives/index.ts';
import { penalties } from '../../objectives/penalties/index.ts';
import type { OnLogits } from '../../objectives/penalties/penalty.ts';
import type { Variables } from '../../sampling/variables.ts';
import type { Metrics } from '../../terms/metrics.ts';
import { type AdaptiveState, adapt, overfitting } from '../augment/adaptive.ts';
import { augment } from '../augment/augment.ts';
import { addInstanceNoise } from '../augment/instance-noise.ts';

type Remembered<State> = { readonly [Name in keyof State]: tf.Variable<tf.Rank.R0> };

export class Regulation {
  readonly #config: ResolvedConfig;
  /** What penalties on logits remember. */
  readonly #memories: ReadonlyMap<OnLogits, Remembered<Readonly<Record<string, tf.Scalar>>>>;
  readonly #adaptive: Remembered<AdaptiveState> | null;

  /** Adds scalars named after penalties, "lecam/…", and "augmentation/…" to `variables`, as far as the config needs them. */
  constructor(config: ResolvedConfig, variables: Variables) {
    const { augmentation, objective } = config;
    const add = (name: string, value = 0) =>
      variables.add(name, [], Float32Array.of(value), false) as tf.Variable<tf.Rank.R0>;
    this.#config = config;
    const memories = penaltyNames.flatMap((name) => {
      const penalty = penalties[name];
      if (penalty.computed !== 'from the logits' || !(objective.penalties[name] > 0)) return [];
      const memory = penalty.remembers.map((each) => [each, add(`${name}/${each}`)] as const);
      return [[penalty, Object.fromEntries(memory)] as const];
    });
    this.#memories = new Map(memories);
    this.#adaptive =
      augmentation.adaptive && augmentation.operations.length > 0
        ? {
            probability: add('augmentation/probability', augmentation.probability),
            signs: add('augmentation/signs'),
            batches: add('augmentation/batches'),
          }
        : null;
  }

  /** What is done to all examples that the discriminator sees; `noise` is the deviation of instance noise. */
  augment(examples: tf.Tensor, noise: tf.Tensor | undefined, random: StepRandom): tf.Tensor {
    const { operations, probability } = this.#config.augmentation;
    const chance = this.#adaptive?.probability ?? tf.scalar(probability);
    const augmented = operations.length > 0 ? augment(examples, operations, chance, random) : examples;
    return noise === undefined ? augmented : addInstanceNoise(augmented, noise, random);
  }

  /** A penalty of the config on these logits, not weighted. */
  onLogits(penalty: OnLogits, real: tf.Tensor, fake: tf.Tensor): tf.Scalar {
    const memory = this.#memories.get(penalty);
    if (memory === undefined) throw new Error(`the config has no penalty ${penalty.metric}`);
    return penalty.of(real, fake, memory);
  }

  /** Remembers the logits of an update whose gradients are taken. Returns scalars worth watching. */
  follow(real: tf.Tensor, fake: tf.Tensor): Readonly<Metrics<tf.Scalar>> {
    for (const [penalty, memory] of this.#memories) assign(memory, penalty.follow(memory, real, fake));
    if (this.#adaptive === null) return {};
    const { augmentation, objective, training } = this.#config;
    const signs = overfitting(objectives[objective.loss as AdversarialLoss].evidence(real, fake));
    const options = { target: augmentation.target, batchSize: training.batchSize };
    assign(this.#adaptive, adapt(this.#adaptive, signs, options));
    return { overfitting: signs, augmentationProbability: tf.clone(this.#adaptive.probability) };
  }
}

function assign<State extends object>(remembered: Remembered<State>, state: State): void {
  for (const name of Object.keys(remembered) as (keyof State)[]) {
    remembered[name].assign(state[name] as tf.Scalar);
  }
}
