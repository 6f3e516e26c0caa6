/**
 * Everything that changes by plan over a run, as a pure function of the images it has trained on:
 * a resumed run needs no state to go on with it.
 *
 * Both ends of a plan train. What rises (warm-up, burn-in) goes by the images after an update, so that
 * the first one has a part of the rate; what falls goes by the images before it, so that the first one
 * has all of the rate and the last one is not lost.
 */
import type { BurnInConfig, ResolvedConfig, ScheduleConfig, TrainingConfig } from '../../config/resolved-config.ts';
import type { Progress } from './progress.ts';

/** Factor of one update's learning rate, warm-up included; above 0, at most 1. */
export function scheduleFactor(schedule: ScheduleConfig, { before, after, total }: Progress): number {
  const { warmupImages } = schedule;
  const warmUp = warmupImages > 0 ? Math.min(1, after / warmupImages) : 1;
  return warmUp * decay(schedule, before, total);
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

export function plannedNumbers(
  { optimizer, training }: Pick<ResolvedConfig, 'optimizer' | 'training'>,
  progress: Progress,
): PlannedNumbers {
  const { burnIn, schedule } = training;
  const share = burnInShare(burnIn, progress.after);
  const from = (start: number, end: number) => start + (end - start) * share;
  const factor = scheduleFactor(schedule, progress) * from(burnIn.learningRate, 1);
  const beta2 = (configured: number) => (burnIn.images > 0 ? from(burnIn.beta2, configured) : configured);
  const { generator, discriminator } = optimizer;
  return {
    learningRate: { generator: generator.learningRate * factor, discriminator: discriminator.learningRate * factor },
    beta2: { generator: beta2(generator.beta2), discriminator: beta2(discriminator.beta2) },
    penalty: from(burnIn.penalty, 1),
  };
}

/**
 * Weight of the past in the average of the weights that samples are made with. The half-life grows in
 * a burn-in and is at most half of the images so far, so that the first grids do not show the initial
 * weights.
 */
export function averageDecay(
  { emaHalfLife, burnIn }: Pick<TrainingConfig, 'emaHalfLife' | 'burnIn'>,
  { before, after }: Progress,
): number {
  const halfLife = Math.min(emaHalfLife * burnInShare(burnIn, after), after / 2);
  return halfLife > 0 ? 0.5 ** ((after - before) / halfLife) : 0;
}
