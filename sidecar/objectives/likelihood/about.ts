import type { LikelihoodLossAbout } from '../about.ts';

export const about: LikelihoodLossAbout = {
  text: 'Only pixelcnn: cross-entropy of every pixel given those before it, reported in bits per dimension.',
  family: 'autoregressive',
  snippets: [],
  presets: [],
};
