import { numberChoiceStop, numberStop, textChoiceStop } from '../../terms/snippet.ts';
import { type AutoregressiveAbout, both } from '../about.ts';
import { only } from '../refusals.ts';

export const about: AutoregressiveAbout = {
  summary:
    'Gated PixelCNN ([van den Oord et al. 2016](https://arxiv.org/abs/1606.05328)): predicts every pixel from those ' +
    'above and to the left of it.',
  details: 'Has an exact likelihood, reported in bits per dimension; slow to draw from.',
  family: 'autoregressive',
  from: null,
  keys: ['model.baseChannels', 'model.levels'],

  // Sized for a CPU: small batches make more updates of the same images.
  defaults: {
    model: { normalization: { generator: 'none', discriminator: 'none' }, baseChannels: 16, levels: 16 },
    objective: { loss: 'likelihood' },
    optimizer: both({ learningRate: 1e-3, beta1: 0.9 }),
    training: { batchSize: 16, emaHalfLife: 5_000 },
    monitor: { gridSize: 4 },
  },

  // Whatever averages over pixels shows a pixel those that come after it.
  refusals: [
    only(
      'normalization.generator',
      ['none', 'pixel'],
      'model/pixelcnn-normalization',
      (kind) =>
        `${kind} normalisation averages over pixels, so that pixelcnn would see the pixels it is to predict ` +
        '(van den Oord et al. 2016, section 2); use none or pixel',
    ),
  ],

  snippets: {
    model: [
      {
        label: 'PixelCNN',
        description: 'Pixel by pixel, with an exact likelihood',
        body: { architecture: 'pixelcnn', levels: numberChoiceStop(1, [16, 2, 256]) },
      },
    ],
    config: [
      {
        label: 'PixelCNN on MNIST',
        description: 'Pixel by pixel, with an exact likelihood',
        body: {
          model: { architecture: 'pixelcnn', levels: numberChoiceStop(1, [16, 2]) },
          data: { source: textChoiceStop(2, ['mnist', 'fashion-mnist']) },
          training: { epochs: numberStop(3, 10) },
        },
      },
    ],
  },

  presets: [
    {
      id: 'pixelcnn',
      title: 'PixelCNN',
      line: 'Pixel by pixel, with an exact likelihood in bits per dimension.',
      data: 'downloaded',
    },
  ],
};
