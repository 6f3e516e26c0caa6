/** The gradient penalty of WGAN-GP (Gulrajani et al. 2017). */
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { StepRandom } from '../../../engine/engine.ts';
import type { SlopeElsewhere } from '../penalty.ts';
import { type Critic, distanceToUnitSlope, onTheLineBetween } from '../slopes.ts';

/** Equation 3: E[(‖∇D(x̂)‖₂ − 1)²] at points x̂ between real and generated examples. */
export const gradientPenalty = (critic: Critic, real: Tensor, fake: Tensor, random: StepRandom): Scalar =>
  distanceToUnitSlope(critic, onTheLineBetween(real, fake, random));

export const gradient: SlopeElsewhere = {
  computed: 'in a pass of its own',
  metric: 'gradientPenalty',
  of: gradientPenalty,
};
