import { numberStop } from '../../terms/snippet.ts';
import { type AdversarialAbout, both } from '../about.ts';
import { never, only } from '../refusals.ts';

export const about: AdversarialAbout = {
  summary:
    'Progressive growing ([Karras et al. 2018](https://arxiv.org/abs/1710.10196)): both networks begin at 4×4 pixels ' +
    'and fade in one resolution after the other.',
  details:
    'Pixel norm, equalised learning rate, minibatch standard deviation, WGAN-GP. Image sizes that are powers of two.',
  family: 'adversarial',
  from: 'latent',
  keys: ['model.baseChannels', 'training.growEvery'],

  // The paper's WGAN-GP, Adam (0, 0.99) at 1e-3, and average of the generator's weights.
  defaults: {
    model: {
      latentSize: 128,
      normalization: { generator: 'pixel' },
      minibatch: 'standard-deviation',
    },
    objective: { loss: 'wasserstein', penalties: { gradient: 10 } },
    optimizer: both({ learningRate: 1e-3, beta1: 0, beta2: 0.99 }),
    training: { batchSize: 32, emaHalfLife: 10_000 },
  },

  refusals: [
    // Statistics of a batch change whenever a resolution fades in.
    never(
      'normalization.discriminator',
      ['batch', 'conditional-batch'],
      ['none'],
      'model/progressive-batch-norm',
      (kind) =>
        `${kind} normalisation in a growing discriminator averages over layers that are still fading in; progressive ` +
        'keeps its scale by the equalised learning rate instead (Karras et al. 2018, section 4)',
    ),
    // Section 4.1: weights times a constant; a spectral norm of 1 takes the constant out again.
    only(
      'spectralNormalization',
      ['none'],
      'model/progressive-spectral-norm',
      () =>
        'progressive scales every weight by a constant (the equalised learning rate; Karras et al. 2018, section 4.1), ' +
        'and spectral normalisation would divide that constant out again',
    ),
    never(
      'minibatch',
      ['discrimination'],
      ['standard-deviation'],
      'model/discrimination-progressive',
      () =>
        'progressive sees its batch by the standard deviation, the simpler successor of minibatch discrimination ' +
        '(Karras et al. 2018, section 3)',
    ),
  ],

  snippets: {
    model: [
      {
        label: 'Progressive growing',
        description: 'From 4×4 pixels to the full size',
        body: { architecture: 'progressive', baseChannels: numberStop(1, 32) },
      },
    ],
    config: [],
  },

  presets: [
    {
      id: 'progressive',
      title: 'Progressive growing',
      line: 'From 4×4 to 32×32 pixels, one resolution after the other.',
      data: 'downloaded',
    },
  ],
};
