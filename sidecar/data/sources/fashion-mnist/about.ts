import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary:
    'Fashion-MNIST ([Xiao et al. 2017](https://arxiv.org/abs/1708.07747)): 60,000 grey images of clothing, ' +
    '28×28, 10 classes.',
  details: 'From `path`, else from the cache folder, downloaded once.',
  modality: 'images',
  path: null,
  keys: [],
  idle: {},
  endless: 'never',
  channels: 1,
  anySize: false,
  hasDirection: false,
  labels: null,
  files: null,
  guessed: /fashion/i,
  snippets: [],
};
