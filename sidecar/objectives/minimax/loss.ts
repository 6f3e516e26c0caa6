/** The game as it is stated (Goodfellow et al. 2014, equation 1). */
import { neg } from '@tensorflow/tfjs-core';
import { crossEntropy, surpriseAtFake } from '../cross-entropy.ts';
import { type Objective, realLogit, scores } from '../objective.ts';

/** The generator minimises E[log(1 − D(G(z)))]; it saturates early on. */
export const minimax: Objective = {
  relativistic: false,
  discriminatorLoss: crossEntropy,
  generatorLoss: (fake) => neg(surpriseAtFake(fake)),
  statistics: scores,
  evidence: realLogit,
};
