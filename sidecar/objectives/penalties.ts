/**
 * Regularisers of the discriminator that look at its gradient by the images. All are scalars without
 * their weight, and can be differentiated by the discriminator's weights.
 *
 * D(x) of an image that is judged patch by patch is the mean of its logits, as in the losses.
 */
import {
  add,
  div,
  mean,
  mul,
  type Scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  valueAndGrad,
} from '@tensorflow/tfjs-core';
import type { StepRandom } from '../engine/engine.ts';

/** Images [n, h, w, c] to logits [n, 1] or [n, h, w, 1], each image's from itself alone. */
export type Critic = (images: Tensor) => Tensor;

/**
 * WGAN-GP (Gulrajani et al. 2017, equation 3): E[(‖∇D(x̂)‖₂ − 1)²] at points drawn uniformly, one for
 * each pair, on the line between a real and a generated image.
 */
export function gradientPenalty(critic: Critic, real: Tensor, fake: Tensor, random: StepRandom): Scalar {
  const share = random.uniform(onePerImage(real));
  return distanceToUnitSlope(critic, add(fake, mul(share, sub(real, fake))));
}

/**
 * DRAGAN (Kodali et al. 2017, with k = 1): E[(‖∇D(x + δ)‖₂ − 1)²] around real images.
 * As the authors' program has it, δ = α · ½ · std · u: u uniform in [0, 1) for each value, α for each
 * image, std of all values of the batch.
 */
export function dragan(critic: Critic, real: Tensor, random: StepRandom): Scalar {
  const spread = sqrt(mean(square(sub(real, mean(real)))));
  const noise = mul(random.uniform(real.shape), mul(0.5, spread));
  return distanceToUnitSlope(critic, add(real, mul(random.uniform(onePerImage(real)), noise)));
}

/**
 * ½ · E[‖∇D(x)‖₂²], so that γ times it is R1 of Mescheder et al. 2018 (equation 9) at real images and
 * R2 (equation 10; Roth et al. 2017) at generated ones. The logits are those of the same forward pass.
 */
export function zeroCentredPenalty(critic: Critic, images: Tensor): { logits: Tensor; penalty: Scalar } {
  const { logits, squaredSlopes } = judge(critic, images);
  return { logits, penalty: mul(0.5, mean(squaredSlopes)) };
}

/** What keeps the derivative of the square root finite at a gradient of 0; invisible beside 1 in float32. */
const TINY = 1e-12;

function distanceToUnitSlope(critic: Critic, images: Tensor): Scalar {
  const { squaredSlopes } = judge(critic, images);
  return mean(square(sub(sqrt(add(squaredSlopes, TINY)), 1)));
}

/** Logits, and ‖∇D(x)‖₂² of each image, [n]. */
function judge(critic: Critic, images: Tensor): { logits: Tensor; squaredSlopes: Tensor } {
  // The gradient of the sum of all logits: each image has its own alone.
  const { value: logits, grad } = valueAndGrad(critic)(images);
  const patches = logits.size / (images.shape[0] as number);
  const squared = sum(square(grad), [1, 2, 3]);
  return { logits, squaredSlopes: patches === 1 ? squared : div(squared, patches ** 2) };
}

const onePerImage = ({ shape: [n] }: Tensor): number[] => [n as number, 1, 1, 1];
