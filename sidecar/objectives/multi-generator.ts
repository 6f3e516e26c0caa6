/**
 * MAD-GAN (Ghosh et al. 2018): k generators and one discriminator that says of an image
 * which generator made it, or that it is real. Its logits are [n, k + 1]; the last is "real".
 */
import {
  argMax,
  cast,
  equal,
  exp,
  logSoftmax,
  mean,
  mul,
  neg,
  type Scalar,
  slice,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { Metrics } from '../terms/metrics.ts';

/** log D_real, [n, 1]. */
function logReal(logits: Tensor): Tensor {
  const [n, outputs] = logits.shape as [number, number];
  return slice(logSoftmax(logits), [0, outputs - 1], [n, 1]);
}

/** log D of the generator that made each image, by its one-hot number [n, k]; [n]. */
function logMaker(logits: Tensor, generator: Tensor): Tensor {
  const [n, generators] = generator.shape as [number, number];
  return sum(mul(slice(logSoftmax(logits), [0, 0], [n, generators]), generator), 1);
}

export const madGan = {
  /**
   * −E[log D_real(x)] − Σᵢ E[log Dᵢ(Gᵢ(z))]. The sum over generators makes each count as much as the
   * data, as in the paper's analysis of the optimum; every generator made the same number of the images.
   */
  discriminatorLoss(realLogits: Tensor, fakeLogits: Tensor, generator: Tensor): Scalar {
    const generators = generator.shape[1] as number;
    return sub(neg(mean(logReal(realLogits))), mul(generators, mean(logMaker(fakeLogits, generator))));
  },

  /**
   * −E[log D_real(G(z))], the mean over all generators: the non-saturating form of the paper's
   * E[log(1 − D_real(Gᵢ(z)))].
   */
  generatorLoss: (fakeLogits: Tensor): Scalar => neg(mean(logReal(fakeLogits))),

  /**
   * Mean probability of "real" for real and for generated images, and the share of generated images
   * whose generator has the greatest logit.
   */
  statistics(realLogits: Tensor, fakeLogits: Tensor, generator: Tensor): Readonly<Metrics<Scalar>> {
    const named = equal(argMax(fakeLogits, 1), argMax(generator, 1));
    return {
      realScore: mean<Scalar>(exp(logReal(realLogits))),
      fakeScore: mean<Scalar>(exp(logReal(fakeLogits))),
      generatorAccuracy: mean<Scalar>(cast<Tensor>(named, 'float32')),
    };
  },
} as const;
