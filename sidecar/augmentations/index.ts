/** Every operation of augmentation, in the order in which they are applied, whatever the order in the config. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { StepRandom } from '../engine/engine.ts';
import type { AugmentationOperation } from './abouts.ts';
import { color } from './color/operation.ts';
import { cutout } from './cutout/operation.ts';
import { translation } from './translation/operation.ts';

/**
 * Images [n, h, w, c] in [−1, 1]; `probability` is a scalar, with which it happens to an image. The
 * numbers that it draws do not depend on that.
 */
export type Operation = (images: Tensor, probability: Tensor, random: StepRandom) => Tensor;

export const operations: Readonly<Record<AugmentationOperation, Operation>> = { color, translation, cutout };
