import { classShares, klDivergence } from '../histogram.ts';
import type { Metric } from '../metric.ts';

/** Kullback–Leibler divergence of the synthetic classes from the real ones, in nats; infinite for a class that no real example has. */
export const classDivergence: Metric<'labels'> = {
  name: 'class-divergence',
  source: 'Srivastava et al. 2017, VEEGAN',
  needs: ['labels'],
  minimum: { real: 1, synthetic: 1 },
  higherIsBetter: false,
  measure: ({ labels: real }, { labels }) => ({
    value: klDivergence(classShares(labels.values, labels.classes), classShares(real.values, real.classes)),
    standardError: null,
  }),
};
