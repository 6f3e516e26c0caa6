import type { AdversarialLossAbout } from '../about.ts';

export const about: AdversarialLossAbout = {
  summary:
    'The generator minimises log(1 − D(G(z))), the game as the theory of ' +
    '[Goodfellow et al. 2014](https://arxiv.org/abs/1406.2661) states it.',
  details: 'Its gradient vanishes while the discriminator is confident, so training may stall early.',
  family: 'adversarial',
  hasTarget: true,
  critic: false,
  remark: {
    code: 'objective/minimax',
    message:
      'The minimax generator loss gives almost no gradient while the discriminator is confident; ' +
      '"non-saturating" learns faster (Goodfellow et al. 2014, section 3)',
    instead: 'non-saturating',
  },
  snippets: [],
  presets: [
    { id: 'minimax', title: 'Minimax', line: 'The loss of the theory, whose gradient may vanish.', data: 'downloaded' },
  ],
};
