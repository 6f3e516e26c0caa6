import { meanOf } from '../estimates.ts';
import { accuracy } from '../histogram.ts';
import type { Metric } from '../metric.ts';

/** Share of the synthetic examples, 0 to 1, to which a classifier gives the class that the model was asked for. */
export const classAccuracy: Metric<'labels' | 'asked'> = {
  name: 'class-accuracy',
  source: 'Odena et al. 2017, Conditional Image Synthesis with Auxiliary Classifier GANs',
  needs: ['labels', 'asked'],
  minimum: { real: 0, synthetic: 1 },
  higherIsBetter: true,
  measure: (_, { labels, asked }) => ({
    value: accuracy(labels.values, asked.values),
    standardError: meanOf(labels.values.map((label, i) => Number(label === asked.values[i]))).standardError,
  }),
};
