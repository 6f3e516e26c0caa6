/** Every adversarial objective by its name in the config. */
import type { LossName } from '../config/resolved-config.ts';
import { minimax, nonSaturating } from './cross-entropy.ts';
import { hinge } from './hinge.ts';
import { leastSquares } from './least-squares.ts';
import type { Objective } from './objective.ts';
import { relativistic } from './relativistic.ts';
import { wasserstein } from './wasserstein.ts';

/** Losses of two networks against each other; the others are one network's own. */
export type AdversarialLoss = Exclude<LossName, 'elbo' | 'likelihood'>;

export const objectives: Readonly<Record<AdversarialLoss, Objective>> = {
  'non-saturating': nonSaturating,
  minimax,
  'least-squares': leastSquares,
  hinge,
  wasserstein,
  relativistic,
};
