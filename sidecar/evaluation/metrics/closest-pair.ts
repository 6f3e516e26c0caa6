import type { Metric } from '../metric.ts';
import { resemblanceWithin } from '../resemblance.ts';

/**
 * Root mean square difference of the two synthetic examples that are most alike: near 0 where one comes
 * twice. It falls as examples get more, so compare it with that of as many real ones.
 */
export const closestPair: Metric<'features'> = {
  name: 'closest-pair',
  source: 'Arora and Zhang 2017, Do GANs Actually Learn the Distribution? An Empirical Study',
  needs: ['features'],
  minimum: { real: 0, synthetic: 2 },
  higherIsBetter: true,
  measure: (_, { features }) => ({ value: resemblanceWithin(features).closestPair, standardError: null }),
};
