/**
 * WGAN (Arjovsky et al. 2017, equations 2 and 3): the critic maximises E[D(x)] − E[D(G(z))], which
 * is the Wasserstein distance times its Lipschitz constant. It needs something that bounds that
 * constant: clipped weights (algorithm 1 there) or a gradient penalty.
 */
import { mean, neg, type Scalar, sub } from '@tensorflow/tfjs-core';
import type { Metrics } from '../../terms/metrics.ts';
import { advantage, type Objective, outputs } from '../objective.ts';

export const wasserstein: Objective = {
  relativistic: false,
  discriminatorLoss: (real, fake) => sub(mean(fake), mean(real)),
  generatorLoss: (fake) => neg(mean(fake)),
  statistics: (real, fake): Readonly<Metrics<Scalar>> => ({
    ...outputs(real, fake),
    wassersteinDistance: sub<Scalar>(mean(real), mean(fake)),
  }),
  evidence: advantage,
};
