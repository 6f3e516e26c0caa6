import type { AdversarialLossAbout } from '../about.ts';

export const about: AdversarialLossAbout = {
  summary:
    'The discriminator only cares for images within a margin of 1 ' +
    '([Lim and Ye 2017](https://arxiv.org/abs/1705.02894)).',
  details: 'Usual with spectral normalisation.',
  family: 'adversarial',
  hasTarget: false,
  critic: false,
  snippets: [],
  presets: [
    {
      id: 'hinge',
      title: 'Hinge',
      line: 'SNGAN: hinge loss, residual networks, spectral normalisation.',
      data: 'downloaded',
    },
  ],
};
