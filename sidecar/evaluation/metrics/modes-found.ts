import { classShares } from '../histogram.ts';
import type { Metric } from '../metric.ts';

/** Number of classes that at least one synthetic example shows; it grows with the number of examples. */
export const modesFound: Metric<'labels'> = {
  name: 'modes-found',
  source: 'Che et al. 2017, Mode Regularized Generative Adversarial Networks',
  needs: ['labels'],
  minimum: { real: 0, synthetic: 1 },
  higherIsBetter: true,
  measure: (_, { labels }) => ({
    value: classShares(labels.values, labels.classes).filter((share) => share > 0).length,
    standardError: null,
  }),
};
