/**
 * The objectives of the first GAN paper (Goodfellow et al. 2014, equation 1):
 * min_G max_D E[log D(x)] + E[log(1 − D(G(z)))]. Both minimise its negative for the discriminator.
 */
import { add, mean, mul, neg, type Scalar, softplus, type Tensor } from '@tensorflow/tfjs-core';
import { type Objective, type ObjectiveOptions, scores } from './objective.ts';

/** −E[log D]. */
const surpriseAtReal = (logits: Tensor): Scalar => mean(softplus(neg(logits)));
/** −E[log(1 − D)]. */
const surpriseAtFake = (logits: Tensor): Scalar => mean(softplus(logits));

/**
 * With smoothing s, real images cost −(1 − s)·log D − s·log(1 − D), which is −log D + s·logit
 * (Salimans et al. 2016, section 3.4).
 */
function discriminatorLoss(real: Tensor, fake: Tensor, { labelSmoothing: s }: ObjectiveOptions): Scalar {
  const loss: Scalar = add(surpriseAtReal(real), surpriseAtFake(fake));
  return s > 0 ? add(loss, mul(s, mean(real))) : loss;
}

/** The generator maximises E[log D(G(z))], which keeps its gradient while the discriminator is ahead (section 3). */
export const nonSaturating: Objective = {
  relativistic: false,
  discriminatorLoss,
  generatorLoss: surpriseAtReal,
  statistics: scores,
};

/** The generator minimises E[log(1 − D(G(z)))], the game as it is stated; it saturates early on. */
export const minimax: Objective = {
  relativistic: false,
  discriminatorLoss,
  generatorLoss: (fake) => neg(surpriseAtFake(fake)),
  statistics: scores,
};
