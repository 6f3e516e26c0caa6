import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary:
    'The folder (`path`) of CIFAR-10 in its binary version ' +
    '([Krizhevsky 2009](https://www.cs.toronto.edu/~kriz/cifar.html)): 50,000 RGB images, 32×32, 10 classes.',
  details: 'The folder of CIFAR-100 works as well.',
  modality: 'images',
  path: 'the folder of its binary files, data_batch_1.bin and so on',
  keys: [],
  idle: {},
  endless: 'never',
  channels: 3,
  anySize: false,
  hasDirection: false,
  labels: null,
  files: null,
  guessed: /^/,
  snippets: [],
};
