import type { PenaltyAbout } from '../../about.ts';

export const about: PenaltyAbout = {
  title: 'LeCam',
  description: 'Weight λ of the penalty on logits that stray from their running means.',
  details: '[Tseng et al. 2021](https://arxiv.org/abs/2104.03310): for few training images.',
  examples: [0.01, 0.1, 0.3],
  ofSlope: false,
  burnIn: false,
  snippets: [],
  presets: [{ id: 'lecam', title: 'LeCam', line: 'Logits held near their running means.', data: 'downloaded' }],
};
