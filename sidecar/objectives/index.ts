/** Every objective by its name in the config. */
import type { ResolvedConfig } from '../config/schema.ts';
import { minimax, nonSaturating } from './cross-entropy.ts';
import type { Objective } from './objective.ts';

export const objectives: Readonly<Record<ResolvedConfig['objective']['loss'], Objective>> = {
  'non-saturating': nonSaturating,
  minimax,
};
