import type { LikelihoodLossAbout } from '../about.ts';

export const about: LikelihoodLossAbout = {
  summary: 'Of autoregressive models: cross-entropy of every value given those before it.',
  details: 'Reported in bits per dimension.',
  family: 'autoregressive',
  snippets: [],
  presets: [],
};
