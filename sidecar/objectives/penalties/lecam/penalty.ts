/**
 * LeCam regularisation (Tseng et al. 2021, "Regularizing Generative Adversarial Networks under
 * Limited Data"): E[(D(x) − α_F)²] + E[(D(G(z)) − α_R)²], where α_R and α_F are moving
 * averages of the logits of real and of generated images. (The authors' program counts only D(x) above
 * α_F and D(G(z)) below α_R; this is the formula of the paper.)
 */
import { add, div, maximum, mean, mul, type Scalar, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { OnLogits } from '../penalty.ts';

/** Moving sums of the mean logits and of 1, by which they are divided; all begin at 0. */
export interface LeCamAverages {
  readonly real: Scalar;
  readonly fake: Scalar;
  readonly weight: Scalar;
}

/** Weight of the past, as in the authors' program. */
export const LECAM_DECAY = 0.99;

/** Not weighted. The averages are those before this step, so that no gradient goes through them. */
export function leCam(realLogits: Tensor, fakeLogits: Tensor, averages: LeCamAverages): Scalar {
  // In the first step the sums are 0, and so are the anchors.
  const weight = maximum(averages.weight, 1 - LECAM_DECAY);
  const towards = (logits: Tensor, sum: Scalar): Scalar => mean(square(sub(logits, div(sum, weight))));
  return add(towards(realLogits, averages.fake), towards(fakeLogits, averages.real));
}

/** The averages after a step with these logits. */
export function followLogits(averages: LeCamAverages, realLogits: Tensor, fakeLogits: Tensor): LeCamAverages {
  const follow = (sum: Scalar, value: Scalar | number): Scalar =>
    add(mul(sum, LECAM_DECAY), mul(value, 1 - LECAM_DECAY));
  return {
    real: follow(averages.real, mean(realLogits)),
    fake: follow(averages.fake, mean(fakeLogits)),
    weight: follow(averages.weight, 1),
  };
}

export const lecam: OnLogits<keyof LeCamAverages> = {
  computed: 'from the logits',
  metric: 'lecam',
  remembers: ['real', 'fake', 'weight'],
  of: leCam,
  follow: followLogits,
};
