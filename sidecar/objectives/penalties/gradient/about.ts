import { numberStop } from '../../../terms/snippet.ts';
import type { PenaltyAbout } from '../../about.ts';

export const about: PenaltyAbout = {
  title: 'Gradient penalty',
  description: 'Weight λ of the penalty that keeps the critic’s slope near 1 between real and generated images.',
  details: 'WGAN-GP ([Gulrajani et al. 2017](https://arxiv.org/abs/1704.00028)): λ · (‖∇D(x̂)‖ − 1)².',
  examples: [10],
  ofSlope: true,
  bound: {
    weight: 10,
    besideClipping:
      'The gradient penalty is there in place of weight clipping: clipped weights cannot give the slope of 1 that it asks ' +
      'for (Gulrajani et al. 2017, section 3)',
  },
  burnIn: false,
  snippets: [
    {
      label: 'Wasserstein with gradient penalty',
      description: 'WGAN-GP; no batch normalisation in the discriminator',
      body: {
        loss: 'wasserstein',
        penalties: { gradient: numberStop(1, 10) },
        discriminatorSteps: numberStop(2, 5),
      },
    },
  ],
  presets: [
    {
      id: 'wgan-gp',
      title: 'Wasserstein with gradient penalty',
      line: 'WGAN-GP: a penalty on the critic’s slope.',
      data: 'downloaded',
    },
  ],
};
