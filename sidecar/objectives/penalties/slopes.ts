/**
 * Slopes of the discriminator, of which most penalties are made.
 *
 * D(x) of an example that is judged part by part is the mean of its logits, as in the losses.
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
import type { StepRandom } from '../../engine/engine.ts';

/** Examples [n, …] to logits [n, 1] or [n, h, w, 1], each example's from itself alone. */
export type Critic = (examples: Tensor) => Tensor;

/** Points drawn uniformly, one for each pair, on the line between a real and a generated example. */
export function onTheLineBetween(real: Tensor, fake: Tensor, random: StepRandom): Tensor {
  const share = random.uniform(onePerExample(real));
  return add(fake, mul(share, sub(real, fake)));
}

/**
 * ½ · E[‖∇D(x)‖₂²], so that γ times it is R1 of Mescheder et al. 2018 (equation 9) at real examples and
 * R2 (equation 10; Roth et al. 2017) at generated ones. The logits are those of the same forward pass.
 */
export function zeroCentredPenalty(critic: Critic, examples: Tensor): { logits: Tensor; penalty: Scalar } {
  const { logits, squaredSlopes } = slopesAt(critic, examples);
  return { logits, penalty: mul(0.5, mean(squaredSlopes)) };
}

/** What keeps the derivative of the square root finite at a gradient of 0; invisible beside 1 in float32. */
const TINY = 1e-12;

/** E[(‖∇D(x)‖₂ − 1)²]. */
export function distanceToUnitSlope(critic: Critic, examples: Tensor): Scalar {
  const { squaredSlopes } = slopesAt(critic, examples);
  return mean(square(sub(sqrt(add(squaredSlopes, TINY)), 1)));
}

/** Logits, and ‖∇D(x)‖₂² of each example, [n]. */
export function slopesAt(critic: Critic, examples: Tensor): { logits: Tensor; squaredSlopes: Tensor } {
  // The gradient of the sum of all logits: each example has its own alone.
  const { value: logits, grad } = valueAndGrad(critic)(examples);
  const parts = logits.size / (examples.shape[0] as number);
  const axes = examples.shape.slice(1).map((_, i) => i + 1);
  const squared = sum(square(grad), axes);
  return { logits, squaredSlopes: parts === 1 ? squared : div(squared, parts ** 2) };
}

/** Shape of one number an example, which broadcasts over its values. */
export const onePerExample = ({ shape: [n = 0, ...rest] }: Tensor): number[] => [n, ...rest.map(() => 1)];
