import type { SlopeOfJudged } from '../penalty.ts';
import { zeroCentredPenalty } from '../slopes.ts';

/** R2 (Mescheder et al. 2018, equation 10; Roth et al. 2017): no slope at generated examples. */
export const r2: SlopeOfJudged = {
  computed: 'with the logits',
  metric: 'r2',
  at: 'fake',
  of: zeroCentredPenalty,
};
