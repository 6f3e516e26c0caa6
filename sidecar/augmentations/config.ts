/** What a config says of augmentation, every default spelled out. */
import type { AugmentationOperation } from './abouts.ts';

/** What is done to every image that the discriminator sees, real or generated, differentiably. */
export interface AugmentationConfig {
  readonly operations: readonly AugmentationOperation[];
  /** With which an image is augmented; where adaptive, at the beginning. */
  readonly probability: number;
  /** Moves the probability so that the overfitting heuristic r_t stays at `target` (ADA). */
  readonly adaptive: boolean;
  readonly target: number;
  /** Standard deviation of instance noise at the beginning; it falls linearly to 0. */
  readonly instanceNoise: number;
  /** Images until instance noise is 0. */
  readonly instanceNoiseImages: number;
}
