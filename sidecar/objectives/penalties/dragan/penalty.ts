/** DRAGAN (Kodali et al. 2017). */
import { add, mean, mul, type Scalar, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { StepRandom } from '../../../engine/engine.ts';
import type { SlopeElsewhere } from '../penalty.ts';
import { type Critic, distanceToUnitSlope, onePerExample } from '../slopes.ts';

/**
 * With k = 1: E[(‖∇D(x + δ)‖₂ − 1)²] around real examples. As the authors' program has it,
 * δ = α · ½ · std · u: u uniform in [0, 1) for each value, α for each example, std of all values of
 * the batch.
 */
export function aroundReal(critic: Critic, real: Tensor, random: StepRandom): Scalar {
  const spread = sqrt(mean(square(sub(real, mean(real)))));
  const noise = mul(random.uniform(real.shape), mul(0.5, spread));
  return distanceToUnitSlope(critic, add(real, mul(random.uniform(onePerExample(real)), noise)));
}

export const dragan: SlopeElsewhere = {
  computed: 'in a pass of its own',
  metric: 'dragan',
  of: (critic, real, _, random) => aroundReal(critic, real, random),
};
