import { featureDistance } from '../frechet.ts';
import type { Metric } from '../metric.ts';

/**
 * The squared Fréchet distance of normal distributions fitted to both sets: 0 for equal ones. It grows as
 * examples get fewer, so compare values of equal counts only. On Inception's features it is FID.
 */
export const frechetDistance: Metric<'features'> = {
  name: 'frechet-distance',
  source: 'Heusel et al. 2017, GANs Trained by a Two Time-Scale Update Rule',
  needs: ['features'],
  minimum: { real: 2, synthetic: 2 },
  higherIsBetter: false,
  measure: (real, synthetic) => ({
    value: featureDistance(synthetic.features.values, real.features.values, real.features.dimensions),
    standardError: null,
  }),
};
