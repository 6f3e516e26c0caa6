/**
 * Everything that changes by plan over a run, as a pure function of the images it has trained on:
 * a resumed run needs no state to go on with it.
 */
import type { BurnInConfig, ResolvedConfig, ScheduleConfig, TrainingConfig } from '../config/resolved-config.ts';

/** Factor of the learning rate after `images` of the run's `total`, warm-up included; 0 to 1. */
export function scheduleFactor(schedule: ScheduleConfig, images: number, total: number): number {
  const { warmupImages } = schedule;
  const warmUp = warmupImages > 0 ? Math.min(1, images / warmupImages) : 1;
  return warmUp * decay(schedule, images, total);
}

function decay({ kind, everyImages, factor }: ScheduleConfig, images: number, total: number): number {
  switch (kind) {
    case 'constant':
      return 1;
    case 'step':
      return factor ** Math.floor(images / everyImages);
    case 'exponential':
      return factor ** (images / everyImages);
    case 'cosine':
      return 1 - halfCosine(images, total);
  }
}

/** How much of R3GAN's burn-in is over after `images`: half a cosine from 0 to 1; 1 where there is none. */
export const burnInShare = ({ images: length }: BurnInConfig, images: number): number =>
  length > 0 ? halfCosine(images, length) : 1;

/** (1 − cos πx) / 2 for x = images / length, 1 from there on. */
const halfCosine = (images: number, length: number): number =>
  images >= length ? 1 : (1 - Math.cos((Math.PI * images) / length)) / 2;

/** What the plan says for one update. */
export interface PlannedNumbers {
  /** Of each network's optimizer. */
  readonly learningRate: { readonly generator: number; readonly discriminator: number };
  readonly beta2: { readonly generator: number; readonly discriminator: number };
  /** Factor of the weights r1 and r2. */
  readonly penalty: number;
}

/** After `images` of the run's `total`. */
export function plannedNumbers(
  { optimizer, training }: Pick<ResolvedConfig, 'optimizer' | 'training'>,
  images: number,
  total: number,
): PlannedNumbers {
  const { burnIn, schedule } = training;
  const share = burnInShare(burnIn, images);
  const from = (start: number, end: number) => start + (end - start) * share;
  const factor = scheduleFactor(schedule, images, total) * from(burnIn.learningRate, 1);
  const beta2 = (configured: number) => (burnIn.images > 0 ? from(burnIn.beta2, configured) : configured);
  const { generator, discriminator } = optimizer;
  return {
    learningRate: { generator: generator.learningRate * factor, discriminator: discriminator.learningRate * factor },
    beta2: { generator: beta2(generator.beta2), discriminator: beta2(discriminator.beta2) },
    penalty: from(burnIn.penalty, 1),
  };
}

/**
 * Weight of the past in the average of the generator's weights, for an update that brings the run
 * from `images` − `batch` to `images`. The half-life grows in a burn-in and is at most half of the
 * images so far, so that the first grids do not show the initial weights.
 */
export function averageDecay(
  { emaHalfLife, burnIn }: Pick<TrainingConfig, 'emaHalfLife' | 'burnIn'>,
  images: number,
  batch: number,
): number {
  const halfLife = Math.min(emaHalfLife * burnInShare(burnIn, images), images / 2);
  return halfLife > 0 ? 0.5 ** (batch / halfLife) : 0;
}
