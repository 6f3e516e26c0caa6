import { shareAboveZero } from '../estimates.ts';
import type { Metric } from '../metric.ts';
import { hits } from '../neighbours.ts';

/** Neighbours, as in the paper. */
const K = 5;

/**
 * Share of the real examples, 0 to 1, that have a synthetic one no farther away than their fifth real
 * neighbour. It grows with the number of synthetic examples. The standard error is over real examples,
 * as if their balls did not overlap.
 */
export const coverage: Metric<'features'> = {
  name: 'coverage',
  source: 'Naeem et al. 2020, Reliable Fidelity and Diversity Metrics for Generative Models',
  needs: ['features'],
  minimum: { real: K + 1, synthetic: 1 },
  higherIsBetter: true,
  measure: (real, synthetic) => shareAboveZero(hits(real.features, synthetic.features, K).inBall),
};
