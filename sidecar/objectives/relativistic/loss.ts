/**
 * Relativistic pairing, RpGAN (Jolicoeur-Martineau 2018; equation 2 of Huang et al. 2024, "The GAN
 * is dead; long live the GAN!"): each real image is paired with a generated one, and only the
 * difference of their logits counts: −log σ(real − fake) for the discriminator, −log σ(fake − real)
 * for the generator.
 */
import { cast, greater, mean, type Scalar, softplus, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Metrics } from '../../terms/metrics.ts';
import { advantage, type Objective } from '../objective.ts';

export const relativistic: Objective = {
  relativistic: true,
  discriminatorLoss: (real, fake) => mean(softplus(sub(fake, real))),
  generatorLoss(fake, real) {
    if (real === null) throw new Error('the relativistic objective needs the logits of real images');
    return mean(softplus(sub(real, fake)));
  },
  /** Mean difference of the logits, and the share of pairs in which the real image has the greater one. */
  statistics: (real, fake): Readonly<Metrics<Scalar>> => ({
    margin: mean<Scalar>(sub(real, fake)),
    pairAccuracy: mean<Scalar>(cast<Tensor>(greater(real, fake), 'float32')),
  }),
  evidence: advantage,
};
