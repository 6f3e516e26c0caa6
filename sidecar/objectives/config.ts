/** What a config says of the losses, every default spelled out. */
import type { LossName, PenaltyName } from './abouts.ts';

/** Weights of the discriminator's regularisers; 0 is off. */
export type PenaltyConfig = Readonly<Record<PenaltyName, number>>;

export interface ObjectiveConfig {
  readonly loss: LossName;
  /** Discriminator updates to one of the generator (critic steps), each on a batch of its own. */
  readonly discriminatorSteps: number;
  /** One-sided: real images count as 1 − labelSmoothing. */
  readonly labelSmoothing: number;
  /** Bound of the critic's weights after each update; 0 is none. */
  readonly weightClip: number;
  readonly penalties: PenaltyConfig;
  /** Weights of the generator's further terms; 0 is off. */
  readonly featureMatching: number;
  /** Mode seeking: weight of the ratio of distances between latents and between images. */
  readonly diversity: number;
  /** Weight of the mean absolute difference to the wanted image (super-resolution, image-to-image). */
  readonly content: number;
  /** Weight of the auxiliary classifier's cross-entropy. */
  readonly classification: number;
  /** Of a VAE's decoder. */
  readonly likelihood: 'bernoulli' | 'gaussian';
  /** Weight of a VAE's KL divergence. */
  readonly beta: number;
}
