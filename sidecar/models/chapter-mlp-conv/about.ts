import { numberStop, textChoiceStop } from '../../terms/snippet.ts';
import { type AdversarialAbout, both } from '../about.ts';
import { instanceNeedsMap, only } from '../refusals.ts';

export const about: AdversarialAbout = {
  summary:
    'The small GAN of a textbook chapter: a generator of dense layers (256, 512, one unit a pixel) with batch ' +
    'normalisation, against a convolutional discriminator (64, 128 filters) with dropout 0.25.',
  details: 'Any image size. Quick on a CPU; a good first choice for digits.',
  family: 'adversarial',
  from: 'latent',
  keys: [],

  // The chapter names only Adam's learning rate. β₁ is DCGAN's (Radford et al. 2015): with Adam's own
  // 0.9 the generator collapses within 1,000 steps on MNIST.
  defaults: {
    model: { dropout: 0.25 },
    optimizer: both({ learningRate: 5e-4 }),
    training: { epochs: 100 },
    monitor: { sampleEveryEpochs: 10, gridSize: 4 },
  },

  refusals: [
    instanceNeedsMap,
    // Zhang et al. 2019: attention between the places of a map.
    only(
      'selfAttention',
      [false],
      'model/self-attention',
      () => 'chapter-mlp-conv makes its images with dense layers, which have no map to attend to (Zhang et al. 2019)',
    ),
  ],

  snippets: {
    model: [
      {
        label: 'Chapter GAN',
        description: 'Small and quick: dense generator, convolutional discriminator',
        body: { architecture: 'chapter-mlp-conv', latentSize: numberStop(1, 100) },
      },
    ],
    config: [
      {
        label: 'GAN on drawn digits',
        description: 'Trains at once: no files, no download',
        body: {
          model: { architecture: 'chapter-mlp-conv' },
          data: { source: 'digits' },
          training: { steps: numberStop(1, 2000), batchSize: numberStop(2, 128) },
        },
      },
      {
        label: 'GAN on MNIST',
        description: 'The textbook chapter’s GAN on handwritten digits',
        body: {
          model: { architecture: 'chapter-mlp-conv' },
          data: { source: textChoiceStop(1, ['mnist', 'fashion-mnist']) },
          training: { epochs: numberStop(2, 100), batchSize: numberStop(3, 128) },
        },
      },
    ],
  },

  presets: [
    {
      id: 'mnist',
      title: 'Chapter GAN on MNIST',
      line: 'The textbook chapter’s small GAN: dense generator, convolutional discriminator.',
      data: 'downloaded',
    },
  ],
};
