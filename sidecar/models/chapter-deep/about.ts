import { numberStop } from '../../terms/snippet.ts';
import { type AdversarialAbout, both } from '../about.ts';
import { instanceNeedsMap } from '../refusals.ts';

export const about: AdversarialAbout = {
  summary:
    'The deeper conditional GAN of the same chapter: a generator of five dense and five convolutional layers, ' +
    'against a discriminator of five convolutional and two dense layers.',
  details: 'Uses class labels. Image sizes that are multiples of 4.',
  family: 'adversarial',
  from: 'latent',
  keys: [],

  defaults: {
    model: { conditional: true, dropout: 0.25 },
    optimizer: both({ learningRate: 5e-4 }),
    training: { steps: 100_000, epochs: null },
    monitor: { sampleEvery: 1000, sampleEveryEpochs: null, gridSize: 10 },
  },

  refusals: [instanceNeedsMap],

  snippets: {
    model: [
      {
        label: 'Deep chapter GAN',
        description: 'The deeper chapter networks with class labels',
        body: { architecture: 'chapter-deep', conditional: true },
      },
    ],
    config: [
      {
        label: 'Conditional GAN on MNIST',
        description: 'Images of a chosen class',
        body: {
          model: { architecture: 'chapter-deep', conditional: true },
          data: { source: 'mnist' },
          training: { steps: numberStop(1, 100000), batchSize: numberStop(2, 128) },
        },
      },
    ],
  },

  presets: [
    {
      id: 'chapter-deep',
      title: 'Deep chapter GAN on MNIST',
      line: 'The chapter’s deeper networks with class labels; takes a day on a CPU.',
      data: 'downloaded',
    },
  ],
};
