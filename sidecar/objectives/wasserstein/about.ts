import { numberStop } from '../../terms/snippet.ts';
import type { AdversarialLossAbout } from '../about.ts';

export const about: AdversarialLossAbout = {
  summary:
    'The difference of mean logits, which estimates the earth mover’s distance ' +
    '([Arjovsky et al. 2017](https://arxiv.org/abs/1701.07875)).',
  details:
    'Needs a Lipschitz constraint: `weightClip`, `penalties.gradient` (WGAN-GP) or spectral normalisation; or ' +
    '`penalties.divergence` (WGAN-div).',
  family: 'adversarial',
  hasTarget: false,
  critic: true,
  snippets: [
    {
      label: 'Wasserstein with clipping',
      description: 'WGAN; goes with RMSProp at 5e-5',
      body: { loss: 'wasserstein', weightClip: numberStop(1, 0.01), discriminatorSteps: numberStop(2, 5) },
    },
  ],
  presets: [
    { id: 'wasserstein', title: 'Wasserstein', line: 'WGAN with clipped weights and RMSProp.', data: 'downloaded' },
  ],
};
