/** What the networks minimise, for one generator or for several. */
import * as tf from '@tensorflow/tfjs-core';
import type { ObjectiveConfig } from '../../config/resolved-config.ts';
import type { AdversarialLoss } from '../../objectives/abouts.ts';
import { objectives } from '../../objectives/index.ts';
import { madGan } from '../../objectives/multi-generator.ts';
import type { Metrics } from '../../terms/metrics.ts';

export interface Losses {
  /** The generator's loss also looks at the logits of real images. */
  readonly relativistic: boolean;
  discriminator(real: tf.Tensor, fake: tf.Tensor): tf.Scalar;
  generator(fake: tf.Tensor, real: tf.Tensor | null): tf.Scalar;
  /** Scalars worth watching, by the name they have in the metrics. */
  statistics(real: tf.Tensor, fake: tf.Tensor): Readonly<Metrics<tf.Scalar>>;
  /** The part of the logits that says "real". */
  realLogits(logits: tf.Tensor): tf.Tensor;
}

/** With several generators the discriminator names them (MAD-GAN), which is a loss of its own. */
export function lossesOf({ loss, labelSmoothing }: ObjectiveConfig, generators: number): Losses {
  if (generators === 1) {
    const objective = objectives[loss as AdversarialLoss];
    return {
      relativistic: objective.relativistic,
      discriminator: (real, fake) => objective.discriminatorLoss(real, fake, { labelSmoothing }),
      generator: (fake, real) => objective.generatorLoss(fake, real),
      statistics: (real, fake) => objective.statistics(real, fake),
      realLogits: (logits) => logits,
    };
  }
  /** Every generator made the same number, one after the other. */
  const makers = (logits: tf.Tensor): tf.Tensor => {
    const each = (logits.shape[0] ?? 0) / generators;
    const numbers = Array.from({ length: logits.shape[0] ?? 0 }, (_, i) => Math.floor(i / each));
    return tf.cast(tf.oneHot(tf.tensor1d(numbers, 'int32'), generators), 'float32');
  };
  return {
    relativistic: false,
    discriminator: (real, fake) => madGan.discriminatorLoss(real, fake, makers(fake)),
    generator: (fake) => madGan.generatorLoss(fake),
    statistics: (real, fake) => madGan.statistics(real, fake, makers(fake)),
    realLogits: (logits) => tf.slice(logits, [0, generators], [-1, 1]),
  };
}
