import { classShares, totalVariation } from '../histogram.ts';
import type { Metric } from '../metric.ts';

/** Share of the synthetic examples, 0 to 1, that would have to be of another class to have the real shares. */
export const classVariation: Metric<'labels'> = {
  name: 'class-variation',
  source: 'total variation; Levin and Peres 2017, Markov Chains and Mixing Times, section 4.1',
  needs: ['labels'],
  minimum: { real: 1, synthetic: 1 },
  higherIsBetter: false,
  measure: ({ labels: real }, { labels }) => ({
    value: totalVariation(classShares(labels.values, labels.classes), classShares(real.values, real.classes)),
    standardError: null,
  }),
};
