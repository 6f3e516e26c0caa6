/**
 * The hinge loss (Lim and Ye 2017, "Geometric GAN"; equations 16 and 17 of Miyato et al. 2018): the
 * discriminator learns from real images below 1 and generated ones above −1 only; the generator
 * maximises its output.
 */
import { add, mean, neg, relu, type Scalar, sub, type Tensor } from '@tensorflow/tfjs-core';
import { type Objective, outputs, realLogit } from '../objective.ts';

const generatorLoss = (fake: Tensor): Scalar => neg(mean(fake));

export const hinge: Objective = {
  relativistic: false,
  discriminatorLoss: (real, fake) => add(mean(relu(sub(1, real))), mean(relu(add(1, fake)))),
  generatorLoss,
  statistics: outputs,
  evidence: realLogit,
};
