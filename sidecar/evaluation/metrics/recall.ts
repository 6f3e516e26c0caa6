import { shareAboveZero } from '../estimates.ts';
import type { Metric } from '../metric.ts';
import { hits } from '../neighbours.ts';

/** Neighbours, as in the paper. */
const K = 3;

/**
 * Share of the real examples, 0 to 1, that are no farther from some synthetic example than its third
 * neighbour among the synthetic ones is. The standard error is over real examples, the synthetic ones as given.
 */
export const recall: Metric<'features'> = {
  name: 'recall',
  source: 'Kynkäänniemi et al. 2019, Improved Precision and Recall Metric for Assessing Generative Models',
  needs: ['features'],
  minimum: { real: 1, synthetic: K + 1 },
  higherIsBetter: true,
  measure: (real, synthetic) => shareAboveZero(hits(synthetic.features, real.features, K).ofPoint),
};
