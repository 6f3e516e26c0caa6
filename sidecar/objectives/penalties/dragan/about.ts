import { numberStop } from '../../../terms/snippet.ts';
import type { PenaltyAbout } from '../../about.ts';

export const about: PenaltyAbout = {
  title: 'DRAGAN',
  description: 'Weight λ of the penalty that keeps the discriminator’s slope near 1 around real images.',
  details:
    '[Kodali et al. 2017](https://arxiv.org/abs/1705.07215): as the gradient penalty, at real images with noise.',
  examples: [10],
  ofSlope: true,
  burnIn: false,
  snippets: [
    {
      label: 'DRAGAN',
      description: 'Penalty around real images',
      body: { loss: 'non-saturating', penalties: { dragan: numberStop(1, 10) } },
    },
  ],
  presets: [{ id: 'dragan', title: 'DRAGAN', line: 'A penalty on the slope around real images.', data: 'downloaded' }],
};
