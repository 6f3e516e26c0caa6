/**
 * What the objectives of the first GAN paper are made of (Goodfellow et al. 2014, equation 1):
 * min_G max_D E[log D(x)] + E[log(1 − D(G(z)))]. Both minimise its negative for the discriminator.
 */
import { add, mean, mul, neg, type Scalar, softplus, type Tensor } from '@tensorflow/tfjs-core';
import type { ObjectiveOptions } from './objective.ts';

/** −E[log D]. */
export const surpriseAtReal = (logits: Tensor): Scalar => mean(softplus(neg(logits)));
/** −E[log(1 − D)]. */
export const surpriseAtFake = (logits: Tensor): Scalar => mean(softplus(logits));

/**
 * With smoothing s, real images cost −(1 − s)·log D − s·log(1 − D), which is −log D + s·logit
 * (Salimans et al. 2016, section 3.4).
 */
export function crossEntropy(real: Tensor, fake: Tensor, { labelSmoothing: s }: ObjectiveOptions): Scalar {
  const loss: Scalar = add(surpriseAtReal(real), surpriseAtFake(fake));
  return s > 0 ? add(loss, mul(s, mean(real))) : loss;
}
