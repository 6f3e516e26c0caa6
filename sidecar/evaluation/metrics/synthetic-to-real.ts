import { meanOf } from '../estimates.ts';
import { accuracy } from '../histogram.ts';
import type { Metric } from '../metric.ts';

/**
 * Share of real test examples, 0 to 1, that a classifier names rightly which learned from synthetic
 * examples alone ("train on synthetic, test on real"). The standard error is over test examples.
 */
export const syntheticToReal: Metric<'labels' | 'learned'> = {
  name: 'synthetic-to-real',
  source: 'Esteban et al. 2017, Real-valued (Medical) Time Series Generation with Recurrent Conditional GANs',
  needs: ['labels', 'learned'],
  minimum: { real: 1, synthetic: 0 },
  higherIsBetter: true,
  measure: ({ labels, learned }) => ({
    value: accuracy(learned.values, labels.values),
    standardError: meanOf(learned.values.map((label, i) => Number(label === labels.values[i]))).standardError,
  }),
};
