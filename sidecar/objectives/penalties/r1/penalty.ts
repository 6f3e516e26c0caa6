import type { SlopeOfJudged } from '../penalty.ts';
import { zeroCentredPenalty } from '../slopes.ts';

/** R1 (Mescheder et al. 2018, equation 9): no slope at real examples. */
export const r1: SlopeOfJudged = {
  computed: 'with the logits',
  metric: 'r1',
  at: 'real',
  of: zeroCentredPenalty,
};
