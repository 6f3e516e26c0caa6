/** The losses that a family of architectures has. */
import type { ArchitectureAbout } from '../models/about.ts';
import type { LossName } from './resolved-config.ts';

export const lossesOf: Readonly<Record<ArchitectureAbout['family'], readonly LossName[]>> = {
  adversarial: ['non-saturating', 'minimax', 'least-squares', 'hinge', 'wasserstein', 'relativistic'],
  variational: ['elbo'],
  autoregressive: ['likelihood'],
};
