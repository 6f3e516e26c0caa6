import { numberStop } from '../../../terms/snippet.ts';
import type { PenaltyAbout } from '../../about.ts';

export const about: PenaltyAbout = {
  title: 'R1',
  description: 'Weight γ of the penalty on the discriminator’s slope at real images.',
  details:
    '[Mescheder et al. 2018](https://arxiv.org/abs/1801.04406): γ/2 · ‖∇D(x)‖². Makes training converge near the solution.',
  examples: [0.1, 1, 10],
  ofSlope: true,
  burnIn: true,
  snippets: [
    {
      label: 'Non-saturating loss with R1',
      description: 'Converges near the solution',
      body: { loss: 'non-saturating', penalties: { r1: numberStop(1, 1) } },
    },
  ],
  presets: [{ id: 'r1', title: 'R1', line: 'Zero slope at real images, for convergence.', data: 'downloaded' }],
};
