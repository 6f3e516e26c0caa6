/** The Wasserstein divergence (Wu et al. 2018, "Wasserstein Divergence for GANs"). */
import { mean, mul, type Scalar, square, type Tensor } from '@tensorflow/tfjs-core';
import type { StepRandom } from '../../../engine/engine.ts';
import type { SlopeElsewhere } from '../penalty.ts';
import { type Critic, onTheLineBetween, slopesAt } from '../slopes.ts';

/**
 * E[‖∇D(x̂)‖₂ᵖ] at points x̂ between real and generated examples (algorithm 1), with the paper's p of 6,
 * which it found best together with k = 2. With k times it, E[D(x)] − E[D(G(z))] at its maximum is a divergence of the two distributions, whatever D's slope
 * (theorem 1).
 */
export function powerOfSlope(critic: Critic, real: Tensor, fake: Tensor, random: StepRandom): Scalar {
  const { squaredSlopes } = slopesAt(critic, onTheLineBetween(real, fake, random));
  return mean(mul(square(squaredSlopes), squaredSlopes));
}

export const divergence: SlopeElsewhere = {
  computed: 'in a pass of its own',
  metric: 'divergence',
  of: powerOfSlope,
};
