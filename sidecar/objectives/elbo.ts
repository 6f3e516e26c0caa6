/** What a variational autoencoder minimises: the negative evidence lower bound, in nats per image. */
import { add, exp, mul, type Scalar, softplus, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';

export interface ElboTerms {
  /** reconstruction + β · kl (β-VAE, Higgins et al. 2017, equation 4). */
  readonly loss: Scalar;
  /** −E[log p(x|z)], mean over the batch. */
  readonly reconstruction: Scalar;
  /** KL(q(z|x) ‖ N(0, I)), mean over the batch. */
  readonly kl: Scalar;
}

/** log p of a batch, [n, …] to [n], summed over what belongs to one image and averaged over the batch. */
const perImage = (values: Tensor): Scalar => mul(sum<Scalar>(values), 1 / (values.shape[0] as number));

/**
 * −log p of pixels t = (x + 1) / 2 in [0, 1] under Bernoulli distributions with these logits l:
 * Σ softplus(l) − t·l (Kingma and Welling 2014, appendix C.1). Logits and images x [n, h, w, c], x in [−1, 1].
 */
export const bernoulliReconstruction = (logits: Tensor, images: Tensor): Scalar =>
  perImage(sub(softplus(logits), mul(mul(0.5, add(images, 1)), logits)));

/**
 * −log p of pixels x under normal distributions of variance 1 around these means μ:
 * Σ ½ (x − μ)² + ½ log 2π (Kingma and Welling 2014, appendix C.2). Both [n, h, w, c], x in [−1, 1].
 */
export const gaussianReconstruction = (means: Tensor, images: Tensor): Scalar =>
  perImage(add(mul(0.5, square(sub(images, means))), 0.5 * Math.log(2 * Math.PI)));

/**
 * KL(N(mean, exp(logVariance)) ‖ N(0, I)) in closed form (Kingma and Welling 2014, appendix B):
 * ½ Σ (mean² + variance − 1 − log variance). Both [n, latentSize].
 */
export const klToStandardNormal = (mean: Tensor, logVariance: Tensor): Scalar =>
  mul(0.5, perImage(sub(sub(add(square(mean), exp(logVariance)), 1), logVariance)));

export interface ElboInputs {
  readonly likelihood: 'bernoulli' | 'gaussian';
  /** Logits or means, as the likelihood has it, [n, h, w, c]. */
  readonly output: Tensor;
  /** [n, h, w, c] in [−1, 1]. */
  readonly images: Tensor;
  /** Of q(z|x), [n, latentSize] each. */
  readonly mean: Tensor;
  readonly logVariance: Tensor;
  readonly beta: number;
}

/** The estimator of Kingma and Welling 2014, equation 10, with one z for each image. */
export function elbo({ likelihood, output, images, mean, logVariance, beta }: ElboInputs): ElboTerms {
  const reconstruct = likelihood === 'bernoulli' ? bernoulliReconstruction : gaussianReconstruction;
  const reconstruction = reconstruct(output, images);
  const kl = klToStandardNormal(mean, logVariance);
  return { loss: add(reconstruction, mul(beta, kl)), reconstruction, kl };
}
