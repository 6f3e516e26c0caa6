/**
 * LSGAN (Mao et al. 2017, equation 9): half the squared distance of the discriminator's output to 1
 * for real and 0 for generated images; the generator wants 1. Smoothing lowers the target of real
 * images.
 */
import { add, mean, mul, type Scalar, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { type Objective, outputs } from '../objective.ts';

const halfSquaredDistance = (output: Tensor, target: number): Scalar =>
  mul(0.5, mean(square(target === 0 ? output : sub(output, target))));

export const leastSquares: Objective = {
  relativistic: false,
  discriminatorLoss: (real, fake, { labelSmoothing }) =>
    add(halfSquaredDistance(real, 1 - labelSmoothing), halfSquaredDistance(fake, 0)),
  generatorLoss: (fake) => halfSquaredDistance(fake, 1),
  statistics: outputs,
  /** The border between the two is at ½. */
  evidence: (real) => sub(real, 0.5),
};
