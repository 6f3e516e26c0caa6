/** Every penalty by its name in the config. */
import type { PenaltyName } from '../abouts.ts';
import { divergence } from './divergence/penalty.ts';
import { dragan } from './dragan/penalty.ts';
import { gradient } from './gradient/penalty.ts';
import { lecam } from './lecam/penalty.ts';
import type { Penalty } from './penalty.ts';
import { r1 } from './r1/penalty.ts';
import { r2 } from './r2/penalty.ts';

export const penalties: Readonly<Record<PenaltyName, Penalty>> = { gradient, divergence, r1, r2, dragan, lecam };
