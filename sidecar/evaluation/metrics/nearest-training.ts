import { medianOf } from '../estimates.ts';
import type { Metric } from '../metric.ts';
import { nearestDistances } from '../resemblance.ts';

/**
 * Median root mean square difference of a synthetic example from the nearest real one: 0 where the training
 * set is copied. The real examples are the whole training set, since it falls as they get more.
 */
export const nearestTraining: Metric<'features'> = {
  name: 'nearest-training',
  source: 'Meehan et al. 2020, A Non-Parametric Test to Detect Data-Copying in Generative Models',
  needs: ['features'],
  minimum: { real: 1, synthetic: 1 },
  higherIsBetter: true,
  measure: (real, synthetic) => ({
    value: medianOf(nearestDistances(synthetic.features, real.features)),
    standardError: null,
  }),
};
