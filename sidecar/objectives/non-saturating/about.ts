import { textChoiceStop } from '../../terms/snippet.ts';
import type { AdversarialLossAbout } from '../about.ts';

export const about: AdversarialLossAbout = {
  summary: 'The generator maximises log D(G(z)) ([Goodfellow et al. 2014](https://arxiv.org/abs/1406.2661)).',
  details:
    'Same fixed point as minimax, with strong gradients while the discriminator still wins; what the paper recommends ' +
    'in practice (its section 3).',
  family: 'adversarial',
  hasTarget: true,
  critic: false,
  snippets: [
    {
      label: 'Non-saturating loss',
      description: 'The usual GAN objective',
      body: { loss: textChoiceStop(1, ['non-saturating', 'minimax', 'least-squares', 'hinge']) },
    },
  ],
  presets: [{ id: 'non-saturating', title: 'Non-saturating', line: 'The usual GAN loss.', data: 'downloaded' }],
};
