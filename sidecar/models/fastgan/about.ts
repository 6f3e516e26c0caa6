import { numberChoiceStop, numberStop, textStop } from '../../terms/snippet.ts';
import { type AdversarialAbout, both } from '../about.ts';
import { never, only } from '../refusals.ts';

export const about: AdversarialAbout = {
  summary:
    'FastGAN ([Liu et al. 2021](https://arxiv.org/abs/2101.04775)) for few images: one gated convolution a ' +
    'resolution, small maps that scale the channels of large ones, a discriminator that makes real images again from ' +
    'its features.',
  details:
    'Goes with `augmentation`. Left out: the decoder of a cropped part, the input at a second resolution and the ' +
    'perceptual loss.',
  family: 'adversarial',
  from: 'latent',
  keys: ['model.baseChannels'],

  // The paper's hinge loss, Adam (0.5, 0.999) at 2e-4 and batches of 8; the authors' program has spectral
  // normalisation in every convolution, z of 256, and weights averaged with 0.999 a step.
  defaults: {
    model: {
      latentSize: 256,
      normalization: { generator: 'batch', discriminator: 'batch' },
      spectralNormalization: 'both',
    },
    objective: { loss: 'hinge' },
    optimizer: both({}),
    training: { batchSize: 8, emaHalfLife: 5_000 },
  },

  // It judges every patch by itself.
  refusals: [
    only(
      'generators',
      [1],
      'model/generators-patches',
      () =>
        'fastgan judges every patch with one logit (Liu et al. 2021, section 3.2), where several generators need one ' +
        'each (Ghosh et al. 2018, section 4)',
    ),
    never(
      'minibatch',
      ['discrimination'],
      ['standard-deviation', 'none'],
      'model/discrimination-patches',
      () =>
        'fastgan judges every patch by itself (Liu et al. 2021, section 3.2), and minibatch discrimination compares ' +
        'features of whole images (Salimans et al. 2016, section 3.2)',
    ),
  ],

  snippets: {
    model: [
      {
        label: 'FastGAN',
        description: 'Few images on a small machine',
        body: { architecture: 'fastgan', baseChannels: numberStop(1, 16) },
      },
    ],
    config: [
      {
        label: 'FastGAN on a folder of few images',
        description: 'With differentiable augmentation, for a hundred images or some hundreds',
        body: {
          model: { architecture: 'fastgan', baseChannels: numberStop(1, 16) },
          augmentation: { operations: ['translation', 'color'] },
          data: { source: 'folder', path: textStop(2, './images'), imageSize: numberChoiceStop(3, [64, 128]) },
          training: { steps: numberStop(4, 10000) },
        },
      },
    ],
  },

  presets: [
    {
      id: 'fastgan',
      title: 'Few images, FastGAN',
      line: 'A folder of few images at 64×64 pixels, on a small machine.',
      data: 'own',
    },
  ],
};
