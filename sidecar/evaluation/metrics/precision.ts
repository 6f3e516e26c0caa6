import { shareAboveZero } from '../estimates.ts';
import type { Metric } from '../metric.ts';
import { hits } from '../neighbours.ts';

/** Neighbours, as in the paper. */
const K = 3;

/**
 * Share of the synthetic examples, 0 to 1, that are no farther from some real example than its third
 * neighbour among the real ones is. The standard error is over synthetic examples, the real ones as given.
 */
export const precision: Metric<'features'> = {
  name: 'precision',
  source: 'Kynkäänniemi et al. 2019, Improved Precision and Recall Metric for Assessing Generative Models',
  needs: ['features'],
  minimum: { real: K + 1, synthetic: 1 },
  higherIsBetter: true,
  measure: (real, synthetic) => shareAboveZero(hits(real.features, synthetic.features, K).ofPoint),
};
