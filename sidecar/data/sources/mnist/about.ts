import { textChoiceStop } from '../../../terms/snippet.ts';
import type { SourceAbout } from '../about.ts';

export const about: SourceAbout = {
  summary:
    'MNIST handwritten digits ([LeCun et al. 1998](https://doi.org/10.1109/5.726791)): 60,000 grey images, ' +
    '28×28, 10 classes.',
  details: 'From `path`, else from the cache folder, downloaded once.',
  modality: 'images',
  path: null,
  keys: [],
  idle: {},
  endless: 'never',
  channels: 1,
  anySize: false,
  hasDirection: true,
  labels: null,
  files: null,
  guessed: /^(?!.*fashion)/i,
  snippets: [
    {
      label: 'MNIST',
      description: 'Handwritten digits, downloaded once',
      body: { source: textChoiceStop(1, ['mnist', 'fashion-mnist']) },
    },
  ],
};
