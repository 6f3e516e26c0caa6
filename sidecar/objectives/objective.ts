/**
 * An objective: what the two networks minimise, from the discriminator's logits.
 *
 * With logits, log D(x) = −softplus(−logit) and log(1 − D(x)) = −softplus(logit), which neither
 * overflow nor lose the small probabilities that a sigmoid followed by a logarithm would.
 */
import { mean, type Scalar, sigmoid, type Tensor } from '@tensorflow/tfjs-core';

export interface Objective {
  /** Logits of real and generated images, [n, 1] each; a scalar to minimise. */
  discriminatorLoss(real: Tensor, fake: Tensor): Scalar;
  /** Logits of generated images, [n, 1]; a scalar to minimise. */
  generatorLoss(fake: Tensor): Scalar;
  /** Scalars worth watching, by the name they have in the metrics. */
  statistics(real: Tensor, fake: Tensor): Readonly<Record<string, Scalar>>;
}

/** Mean probability that the discriminator gives to real and to generated images being real. */
export const scores = (real: Tensor, fake: Tensor) => ({
  realScore: mean<Scalar>(sigmoid(real)),
  fakeScore: mean<Scalar>(sigmoid(fake)),
});
