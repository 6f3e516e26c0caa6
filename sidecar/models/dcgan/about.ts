import { numberChoiceStop, numberStop, textChoiceStop, textStop } from '../../terms/snippet.ts';
import type { AdversarialAbout } from '../about.ts';

export const about: AdversarialAbout = {
  summary:
    'Deep convolutional GAN ([Radford et al. 2015](https://arxiv.org/abs/1511.06434)): 5×5 transposed ' +
    'convolutions with batch normalisation, against strided convolutions.',
  details: 'The usual starting point for objectives of all kinds.',
  family: 'adversarial',
  from: 'latent',
  keys: ['model.baseChannels'],

  defaults: { model: { normalization: { generator: 'batch', discriminator: 'batch' } } },

  refusals: [],

  snippets: {
    model: [
      {
        label: 'DCGAN',
        description: 'Convolutional generator and discriminator',
        body: { architecture: 'dcgan', latentSize: numberStop(1, 100), baseChannels: numberStop(2, 64) },
      },
      {
        label: 'Conditional DCGAN',
        description: 'Images of a chosen class',
        body: {
          architecture: 'dcgan',
          conditional: true,
          conditioning: textChoiceStop(1, ['concat', 'embedding', 'projection', 'auxiliary-classifier']),
          baseChannels: numberStop(2, 32),
        },
      },
      {
        label: 'Several generators',
        description: 'Generators that share the modes among them (MAD-GAN)',
        body: { architecture: 'dcgan', generators: numberStop(1, 3), baseChannels: numberStop(2, 32) },
      },
    ],
    config: [
      {
        label: 'GAN on a folder of images',
        description: 'DCGAN on PNG, JPEG, WebP or other images',
        body: {
          model: { architecture: 'dcgan' },
          data: { source: 'folder', path: textStop(1, './images'), imageSize: numberChoiceStop(2, [32, 64, 28]) },
          training: { epochs: numberStop(3, 25), batchSize: numberStop(4, 64) },
        },
      },
    ],
  },

  presets: [
    {
      id: 'digits',
      title: 'Drawn digits',
      line: 'A conditional DCGAN that trains at once: no files, no download.',
      data: 'drawn',
    },
    {
      id: 'multi-generator',
      title: 'Several generators',
      line: 'Three generators share the digits among them (MAD-GAN).',
      data: 'drawn',
    },
    {
      id: 'conditional-mnist',
      title: 'Conditional MNIST',
      line: 'Digits of a chosen class: a DCGAN that is told the label.',
      data: 'downloaded',
    },
    {
      id: 'fashion-mnist',
      title: 'Fashion-MNIST',
      line: 'Clothes of a chosen class, by the same networks.',
      data: 'downloaded',
    },
  ],
};
