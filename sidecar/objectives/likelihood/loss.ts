/** What an autoregressive model minimises: the negative log-likelihood of quantised values. */
import {
  add,
  cast,
  logSoftmax,
  mul,
  neg,
  oneHot,
  reshape,
  round,
  type Scalar,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';

export interface LikelihoodTerms {
  /** −log p(x) in nats per example, mean over the batch. */
  readonly loss: Scalar;
  /** The same in bits per value: loss / (h · w · c · log 2). */
  readonly bitsPerDimension: Scalar;
}

/** The nearest of `levels` even steps from −1 to 1, numbered from 0, int32; examples in [−1, 1]. */
export const quantize = (examples: Tensor, levels: number): Tensor =>
  cast(round(mul(add(examples, 1), (levels - 1) / 2)), 'int32');

/** The values in [−1, 1] that the numbers of `quantize` stand for. */
export const dequantize = (numbers: Tensor, levels: number): Tensor =>
  add(mul(cast<Tensor>(numbers, 'float32'), 2 / (levels - 1)), -1);

/**
 * Cross-entropy of the categorical distributions with these logits (van den Oord et al. 2016, "Pixel
 * Recurrent Neural Networks", section 2.2).
 *
 * Logits [n, h, w, c · levels], the levels of one value side by side; rasters [n, h, w, c] in [−1, 1].
 */
export function categoricalLikelihood(logits: Tensor, rasters: Tensor, levels: number): LikelihoodTerms {
  const [n, ...rest] = rasters.shape as [number, ...number[]];
  const dimensions = rest.reduce((product, length) => product * length, 1);
  const classes = reshape(logits, [n * dimensions, levels]);
  const targets = oneHot(reshape(quantize(rasters, levels), [n * dimensions]), levels);
  const nats = neg(sum<Scalar>(mul(logSoftmax(classes), targets)));
  return { loss: mul(nats, 1 / n), bitsPerDimension: mul(nats, 1 / (n * dimensions * Math.LN2)) };
}
