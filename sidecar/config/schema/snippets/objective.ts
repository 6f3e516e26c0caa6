import { numberStop, type Snippet, textChoiceStop } from '../../../terms/snippet.ts';

/** The objectives of the literature, whole. */
export const objectiveSnippets: readonly Snippet[] = [
  {
    label: 'Non-saturating loss',
    description: 'The usual GAN objective',
    body: { loss: textChoiceStop(1, ['non-saturating', 'minimax', 'least-squares', 'hinge']) },
  },
  {
    label: 'Non-saturating loss with R1',
    description: 'Converges near the solution',
    body: { loss: 'non-saturating', penalties: { r1: numberStop(1, 1) } },
  },
  {
    label: 'Wasserstein with clipping',
    description: 'WGAN; goes with RMSProp at 5e-5',
    body: {
      loss: 'wasserstein',
      weightClip: numberStop(1, 0.01),
      discriminatorSteps: numberStop(2, 5),
    },
  },
  {
    label: 'Wasserstein with gradient penalty',
    description: 'WGAN-GP; no batch normalisation in the discriminator',
    body: {
      loss: 'wasserstein',
      penalties: { gradient: numberStop(1, 10) },
      discriminatorSteps: numberStop(2, 5),
    },
  },
  {
    label: 'DRAGAN',
    description: 'Penalty around real images',
    body: { loss: 'non-saturating', penalties: { dragan: numberStop(1, 10) } },
  },
  {
    label: 'Relativistic with R1 and R2',
    description: 'The loss of R3GAN',
    body: { loss: 'relativistic', penalties: { r1: numberStop(1, 1), r2: numberStop(2, 1) } },
  },
];
