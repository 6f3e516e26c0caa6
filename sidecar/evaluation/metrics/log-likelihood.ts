import { meanOf } from '../estimates.ts';
import type { Metric } from '../metric.ts';

/**
 * Mean log-likelihood of real test examples in nats; of a variational autoencoder the evidence lower bound,
 * which is at most as high. Minus infinity where the model holds an example impossible.
 */
export const logLikelihood: Metric<'logLikelihoods'> = {
  name: 'log-likelihood',
  source: 'Theis et al. 2016, A Note on the Evaluation of Generative Models',
  needs: ['logLikelihoods'],
  minimum: { real: 1, synthetic: 0 },
  higherIsBetter: true,
  measure: ({ logLikelihoods }) => meanOf(logLikelihoods.values),
};
