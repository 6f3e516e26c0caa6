import { meanOf } from '../estimates.ts';
import type { Metric } from '../metric.ts';
import { hits } from '../neighbours.ts';

/** Neighbours, as in the paper. */
const K = 5;

/**
 * Mean number of real examples' balls, each reaching to its fifth real neighbour, that a synthetic
 * example lies in, divided by 5: about 1 for equal distributions, above it where samples crowd in dense
 * regions. The standard error is over synthetic examples, the real ones as given.
 */
export const density: Metric<'features'> = {
  name: 'density',
  source: 'Naeem et al. 2020, Reliable Fidelity and Diversity Metrics for Generative Models',
  needs: ['features'],
  minimum: { real: K + 1, synthetic: 1 },
  higherIsBetter: true,
  measure: (real, synthetic) =>
    meanOf(Float64Array.from(hits(real.features, synthetic.features, K).ofPoint, (count) => count / K)),
};
