import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary:
    'Stacked MNIST ([Metz et al. 2017](https://arxiv.org/abs/1611.02163)): 128,000 RGB images, 28×28, of three ' +
    'random MNIST digits each; 1,000 classes, to count modes by.',
  details: '`path` as for mnist.',
  modality: 'images',
  path: null,
  keys: [],
  idle: {},
  endless: 'never',
  channels: 3,
  anySize: false,
  hasDirection: true,
  labels: null,
  files: null,
  guessed: null,
  snippets: [],
};
