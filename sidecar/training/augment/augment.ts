/**
 * Differentiable augmentation (DiffAugment, Zhao et al. 2020, section 3): every image that the
 * discriminator sees, real or generated, in its own update and in the generator's. Gradients go
 * through it to the second order.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { AugmentationOperation } from '../../config/resolved-config.ts';
import type { StepRandom } from '../../engine/engine.ts';
import { color } from './color.ts';
import { cutout } from './cutout.ts';
import { translation } from './translation.ts';

type Operation = (images: Tensor, probability: Tensor, random: StepRandom) => Tensor;

/** In the order in which they are applied, whatever the order in the config. */
const table: readonly (readonly [AugmentationOperation, Operation])[] = [
  ['color', color],
  ['translation', translation],
  ['cutout', cutout],
];

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
  table.reduce(
    (augmented, [name, apply]) => (operations.includes(name) ? apply(augmented, probability, random) : augmented),
    images,
  );
