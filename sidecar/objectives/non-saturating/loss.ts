/** Both networks by cross-entropy (Goodfellow et al. 2014, section 3). */
import { crossEntropy, surpriseAtReal } from '../cross-entropy.ts';
import { type Objective, realLogit, scores } from '../objective.ts';

/** The generator maximises E[log D(G(z))], which keeps its gradient while the discriminator is ahead. */
export const nonSaturating: Objective = {
  relativistic: false,
  discriminatorLoss: crossEntropy,
  generatorLoss: surpriseAtReal,
  statistics: scores,
  evidence: realLogit,
};
