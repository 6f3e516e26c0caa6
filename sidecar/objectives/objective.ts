/**
 * An objective: what the two networks minimise, from the discriminator's logits.
 *
 * With logits, log D(x) = −softplus(−logit) and log(1 − D(x)) = −softplus(logit), which neither
 * overflow nor lose the small probabilities that a sigmoid followed by a logarithm would.
 */
import { mean, type Scalar, sigmoid, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Metrics } from '../terms/metrics.ts';

export interface ObjectiveOptions {
  /** One-sided label smoothing (Salimans et al. 2016): real images count as 1 − labelSmoothing; 0 is none. */
  readonly labelSmoothing: number;
}

export interface Objective {
  /** The generator's loss also looks at the logits of real images. */
  readonly relativistic: boolean;
  /** Logits of real and generated images, [n, 1] or [n, h, w, 1] each; a scalar to minimise. */
  discriminatorLoss(real: Tensor, fake: Tensor, options: ObjectiveOptions): Scalar;
  /** Logits of generated and real images; `real` is given where `relativistic`. A scalar to minimise. */
  generatorLoss(fake: Tensor, real: Tensor | null): Scalar;
  /**
   * What of the logits of real and generated images speaks, by its sign, for the discriminator holding
   * real images real; adaptive augmentation reads it.
   */
  evidence(real: Tensor, fake: Tensor): Tensor;
  /** Scalars worth watching, by the name they have in the metrics. */
  statistics(real: Tensor, fake: Tensor): Readonly<Metrics<Scalar>>;
}

/** Evidence where the border between real and generated is at 0. */
export const realLogit = (real: Tensor): Tensor => real;

/** Evidence where only differences of outputs mean something: to the generated image of the same place. */
export const advantage = (real: Tensor, fake: Tensor): Tensor => sub(real, fake);

/** Mean probability that the discriminator gives to real and to generated images being real. */
export const scores = (real: Tensor, fake: Tensor): Readonly<Metrics<Scalar>> => ({
  realScore: mean<Scalar>(sigmoid(real)),
  fakeScore: mean<Scalar>(sigmoid(fake)),
});

/** Mean output for real and for generated images, of a discriminator whose output is no logit. */
export const outputs = (real: Tensor, fake: Tensor): Readonly<Metrics<Scalar>> => ({
  criticReal: mean<Scalar>(real),
  criticFake: mean<Scalar>(fake),
});
