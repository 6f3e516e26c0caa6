import { numberStop } from '../../terms/snippet.ts';
import type { AdversarialLossAbout } from '../about.ts';

export const about: AdversarialLossAbout = {
  summary:
    'A real image is to be more real than a generated one, pair by pair: softplus of the difference of logits ' +
    '(RpGAN, [Jolicoeur-Martineau 2018](https://arxiv.org/abs/1807.00734); with R1 and R2 the loss of ' +
    '[R3GAN](https://arxiv.org/abs/2501.05441)).',
  details: '',
  family: 'adversarial',
  hasTarget: false,
  critic: false,
  snippets: [
    {
      label: 'Relativistic with R1 and R2',
      description: 'The loss of R3GAN',
      body: { loss: 'relativistic', penalties: { r1: numberStop(1, 1), r2: numberStop(2, 1) } },
    },
  ],
  presets: [
    {
      id: 'relativistic',
      title: 'Relativistic',
      line: 'Real against generated in pairs, with R1 and R2.',
      data: 'downloaded',
    },
  ],
};
