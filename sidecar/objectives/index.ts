/** Every adversarial objective by its name in the config. */
import type { AdversarialLoss } from './abouts.ts';
import { hinge } from './hinge/loss.ts';
import { leastSquares } from './least-squares/loss.ts';
import { minimax } from './minimax/loss.ts';
import { nonSaturating } from './non-saturating/loss.ts';
import type { Objective } from './objective.ts';
import { relativistic } from './relativistic/loss.ts';
import { wasserstein } from './wasserstein/loss.ts';

export const objectives: Readonly<Record<AdversarialLoss, Objective>> = {
  'non-saturating': nonSaturating,
  minimax,
  'least-squares': leastSquares,
  hinge,
  wasserstein,
  relativistic,
};
