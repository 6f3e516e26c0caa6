/** What is said of every loss and penalty, by its name in the config, in the order in which they are offered. */
import type { LossAbout, PenaltyAbout } from './about.ts';
import { about as elbo } from './elbo/about.ts';
import { about as hinge } from './hinge/about.ts';
import { about as leastSquares } from './least-squares/about.ts';
import { about as likelihood } from './likelihood/about.ts';
import { about as minimax } from './minimax/about.ts';
import { about as nonSaturating } from './non-saturating/about.ts';
import { about as divergence } from './penalties/divergence/about.ts';
import { about as dragan } from './penalties/dragan/about.ts';
import { about as gradient } from './penalties/gradient/about.ts';
import { about as lecam } from './penalties/lecam/about.ts';
import { about as r1 } from './penalties/r1/about.ts';
import { about as r2 } from './penalties/r2/about.ts';
import { about as relativistic } from './relativistic/about.ts';
import { about as wasserstein } from './wasserstein/about.ts';

const losses = {
  'non-saturating': nonSaturating,
  minimax,
  'least-squares': leastSquares,
  hinge,
  wasserstein,
  relativistic,
  elbo,
  likelihood,
} as const satisfies Readonly<Record<string, LossAbout>>;

const penalties = { gradient, divergence, r1, r2, dragan, lecam } as const satisfies Readonly<
  Record<string, PenaltyAbout>
>;

export type LossName = keyof typeof losses;

/** Losses of two networks against each other; the others are one network's own. */
export type AdversarialLoss = {
  [Name in LossName]: (typeof losses)[Name]['family'] extends 'adversarial' ? Name : never;
}[LossName];

export type PenaltyName = keyof typeof penalties;

export const lossAbouts: Readonly<Record<LossName, LossAbout>> = losses;

export const lossNames = Object.keys(losses) as readonly LossName[];

/** The losses that a family of architectures has. */
export const lossesOf = (family: LossAbout['family']): readonly LossName[] =>
  lossNames.filter((name) => losses[name].family === family);

/** Whether the discriminator is a critic, which needs a bound of its slope. */
export function isCritic(loss: LossName): boolean {
  const about = lossAbouts[loss];
  return about.family === 'adversarial' && about.critic;
}

export const penaltyAbouts: Readonly<Record<PenaltyName, PenaltyAbout>> = penalties;

export const penaltyNames = Object.keys(penalties) as readonly PenaltyName[];
