import type { LikelihoodLossAbout } from '../about.ts';

export const about: LikelihoodLossAbout = {
  summary:
    'Of autoencoders: reconstruction plus KL divergence, a bound of the likelihood ' +
    '([Kingma and Welling 2014](https://arxiv.org/abs/1312.6114)).',
  details: '',
  family: 'variational',
  snippets: [],
  presets: [],
};
