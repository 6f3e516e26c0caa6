/**
 * Differentiable augmentation (DiffAugment, Zhao et al. 2020, section 3): every image that the
 * discriminator sees, real or generated, in its own update and in the generator's. Gradients go
 * through it to the second order.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { AugmentationOperation } from '../../augmentations/abouts.ts';
import { operations as table } from '../../augmentations/index.ts';
import type { StepRandom } from '../../engine/engine.ts';

/**
 * Images [n, h, w, c] in [−1, 1], before several are packed side by side; colours may leave that
 * range. `probability` is a scalar from 0 to 1, with which each operation happens to an image; it may
 * change from step to step, and the numbers drawn do not depend on it.
 */
export const augment = (
  images: Tensor,
  operations: readonly AugmentationOperation[],
  probability: Tensor,
  random: StepRandom,
): Tensor =>
  Object.entries(table).reduce(
    (augmented, [name, apply]) =>
      operations.some((each) => each === name) ? apply(augmented, probability, random) : augmented,
    images,
  );
