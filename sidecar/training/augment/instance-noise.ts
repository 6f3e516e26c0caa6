/**
 * Instance noise (Sønderby et al. 2017, "Amortised MAP Inference for Image
 * Super-resolution"): normal noise on every image that the discriminator sees, so that real and generated images
 * overlap, falling to nothing over training.
 */
import { add, mul, type Tensor } from '@tensorflow/tfjs-core';
import type { AugmentationConfig } from '../../config/resolved-config.ts';
import type { StepRandom } from '../../engine/engine.ts';

/** Standard deviation after so many real images: linearly from `instanceNoise` to 0. */
export function instanceNoiseAt(
  { instanceNoise, instanceNoiseImages }: Pick<AugmentationConfig, 'instanceNoise' | 'instanceNoiseImages'>,
  images: number,
): number {
  return instanceNoise * Math.max(0, 1 - images / instanceNoiseImages);
}

/** Adds independent normal noise to every value; the deviation is a scalar that may change from step to step. */
export const addInstanceNoise = (images: Tensor, deviation: Tensor, random: StepRandom): Tensor =>
  add(images, mul(random.normal(images.shape), deviation));
