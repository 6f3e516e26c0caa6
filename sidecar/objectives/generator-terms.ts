/** Further terms of the losses, scalars without their weight. */
import {
  abs,
  add,
  div,
  logSoftmax,
  mean,
  mul,
  neg,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * Feature matching (Salimans et al. 2016, section 3.1): ‖E f(x) − E f(G(z))‖₂² for the discriminator's
 * features f, [n, …] each.
 */
export const featureMatching = (realFeatures: Tensor, fakeFeatures: Tensor): Scalar =>
  sum(square(sub(mean(realFeatures, 0), mean(fakeFeatures, 0))));

/** The authors' ε, which bounds the term where both latents give the same image. */
const EPSILON = 1e-5;

/**
 * Mode seeking (Mao et al. 2019, section 3.2): the paper maximises the distance between two images
 * over the distance between their latents. As in the authors' program, distances are mean absolute
 * differences over the batch, and the term to minimise is the reciprocal, 1 / (ratio + 10⁻⁵).
 *
 * Latents [n, latentSize] and the images made from them, [n, h, w, c], with the same labels.
 */
export function modeSeeking(z1: Tensor, z2: Tensor, images1: Tensor, images2: Tensor): Scalar {
  const ratio = div(contentLoss(images1, images2), contentLoss(z1, z2));
  return div(1, add(ratio, EPSILON));
}

/** Mean absolute difference (Isola et al. 2017, equation 3, as a mean over the pixels). */
export const contentLoss = (made: Tensor, wanted: Tensor): Scalar => mean(abs(sub(made, wanted)));

/**
 * Auxiliary classifier (Odena et al. 2017, equation 3): −E[log P(C = c | x)] in nats. Both networks
 * minimise it: the discriminator for real and generated images, the generator for its own.
 *
 * Logits and one-hot labels [n, classes].
 */
export const classification = (logits: Tensor, oneHot: Tensor): Scalar =>
  neg(mean(sum(mul(logSoftmax(logits), oneHot), -1)));
