import type { PenaltyAbout } from '../../about.ts';

export const about: PenaltyAbout = {
  title: 'R2',
  description: 'Weight γ of the penalty on the discriminator’s slope at generated images.',
  details: '[Mescheder et al. 2018](https://arxiv.org/abs/1801.04406): as R1, at G(z). R3GAN uses both.',
  examples: [0.1, 1, 10],
  ofSlope: true,
  burnIn: true,
  snippets: [],
  presets: [],
};
