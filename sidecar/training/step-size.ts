import type { ResolvedConfig } from '../config/resolved-config.ts';
import { architectures } from '../models/index.ts';

/** Real examples that one step takes: each update of a discriminator has a batch of its own. */
export function examplesPerStep({ model, objective, training }: ResolvedConfig): number {
  const { family } = architectures[model.architecture];
  return training.batchSize * (family === 'adversarial' ? objective.discriminatorSteps : 1);
}
