/** What a variational autoencoder minimises: the negative evidence lower bound, in nats per example. */
import { add, exp, mul, type Scalar, softplus, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';

export interface ElboTerms {
  /** reconstruction + β · kl (β-VAE, Higgins et al. 2017, equation 4). */
  readonly loss: Scalar;
  /** −E[log p(x|z)], mean over the batch. */
  readonly reconstruction: Scalar;
  /** KL(q(z|x) ‖ N(0, I)), mean over the batch. */
  readonly kl: Scalar;
}

/** log p of a batch, [n, …] to [n], summed over what belongs to one example and averaged over the batch. */
const perExample = (values: Tensor): Scalar => mul(sum<Scalar>(values), 1 / (values.shape[0] as number));

/**
 * −log p of values t = (x + 1) / 2 in [0, 1] under Bernoulli distributions with these logits l:
 * Σ softplus(l) − t·l (Kingma and Welling 2014, appendix C.1). Logits and examples x [n, …], x in [−1, 1].
 */
export const bernoulliReconstruction = (logits: Tensor, examples: Tensor): Scalar =>
  perExample(sub(softplus(logits), mul(mul(0.5, add(examples, 1)), logits)));

/**
 * −log p of values x under normal distributions of variance 1 around these means μ:
 * Σ ½ (x − μ)² + ½ log 2π (Kingma and Welling 2014, appendix C.2). Both [n, …], x in [−1, 1].
 */
export const gaussianReconstruction = (means: Tensor, examples: Tensor): Scalar =>
  perExample(add(mul(0.5, square(sub(examples, means))), 0.5 * Math.log(2 * Math.PI)));

/**
 * KL(N(mean, exp(logVariance)) ‖ N(0, I)) in closed form (Kingma and Welling 2014, appendix B):
 * ½ Σ (mean² + variance − 1 − log variance). Both [n, latentSize].
 */
export const klToStandardNormal = (mean: Tensor, logVariance: Tensor): Scalar =>
  mul(0.5, perExample(sub(sub(add(square(mean), exp(logVariance)), 1), logVariance)));

export interface ElboInputs {
  readonly likelihood: 'bernoulli' | 'gaussian';
  /** Logits or means, as the likelihood has it, [n, …]. */
  readonly output: Tensor;
  /** [n, …] in [−1, 1]. */
  readonly examples: Tensor;
  /** Of q(z|x), [n, latentSize] each. */
  readonly mean: Tensor;
  readonly logVariance: Tensor;
  readonly beta: number;
}

/** The estimator of Kingma and Welling 2014, equation 10, with one z for each example. */
export function elbo({ likelihood, output, examples, mean, logVariance, beta }: ElboInputs): ElboTerms {
  const reconstruct = likelihood === 'bernoulli' ? bernoulliReconstruction : gaussianReconstruction;
  const reconstruction = reconstruct(output, examples);
  const kl = klToStandardNormal(mean, logVariance);
  return { loss: add(reconstruction, mul(beta, kl)), reconstruction, kl };
}
