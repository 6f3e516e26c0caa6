/**
 * The objectives of the first GAN paper (Goodfellow et al. 2014):
 * min_G max_D E[log D(x)] + E[log(1 − D(G(z)))]. Both minimise its negative for the discriminator.
 */
import { add, mean, neg, type Scalar, softplus, type Tensor } from '@tensorflow/tfjs-core';
import { type Objective, scores } from './objective.ts';

/** −E[log D]. */
const surpriseAtReal = (logits: Tensor): Scalar => mean(softplus(neg(logits)));
/** −E[log(1 − D)]. */
const surpriseAtFake = (logits: Tensor): Scalar => mean(softplus(logits));

const discriminatorLoss = (real: Tensor, fake: Tensor): Scalar => add(surpriseAtReal(real), surpriseAtFake(fake));

/** The generator maximises E[log D(G(z))], which keeps its gradient while the discriminator is ahead. */
export const nonSaturating: Objective = {
  discriminatorLoss,
  generatorLoss: surpriseAtReal,
  statistics: scores,
};

/** The generator minimises E[log(1 − D(G(z)))], the game as it is stated; it saturates early on. */
export const minimax: Objective = {
  discriminatorLoss,
  generatorLoss: (fake) => neg(surpriseAtFake(fake)),
  statistics: scores,
};
