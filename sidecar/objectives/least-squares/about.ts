import type { AdversarialLossAbout } from '../about.ts';

export const about: AdversarialLossAbout = {
  summary:
    'Squared distance of the logit to 1 for real and 0 for generated images ' +
    '([Mao et al. 2017](https://arxiv.org/abs/1611.04076), LSGAN).',
  details: 'Images far on the right side are still pulled in.',
  family: 'adversarial',
  hasTarget: true,
  critic: false,
  snippets: [],
  presets: [
    {
      id: 'least-squares',
      title: 'Least squares',
      line: 'LSGAN: squared distances in place of logarithms.',
      data: 'downloaded',
    },
  ],
};
