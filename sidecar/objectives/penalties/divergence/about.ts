import { numberStop } from '../../../terms/snippet.ts';
import type { PenaltyAbout } from '../../about.ts';

export const about: PenaltyAbout = {
  title: 'Wasserstein divergence',
  description: 'Weight k of the sixth power of the critic’s slope between real and generated images.',
  details:
    'WGAN-div ([Wu et al. 2018](https://arxiv.org/abs/1712.01026)): k · ‖∇D(x̂)‖⁶, with which the Wasserstein loss is a ' +
    'divergence without any Lipschitz constraint.',
  examples: [2],
  ofSlope: true,
  bound: {
    weight: 2,
    besideClipping:
      'The Wasserstein divergence is there to do without a Lipschitz constraint, and clipped weights are one (Wu et al. ' +
      '2018, section 3)',
  },
  burnIn: false,
  snippets: [
    {
      label: 'Wasserstein divergence',
      description: 'WGAN-div; no batch normalisation in the discriminator',
      body: { loss: 'wasserstein', penalties: { divergence: numberStop(1, 2) } },
    },
  ],
  presets: [
    {
      id: 'wgan-div',
      title: 'Wasserstein divergence',
      line: 'WGAN-div: no constraint, a high power of the critic’s slope.',
      data: 'downloaded',
    },
  ],
};
