import { numberStop, textChoiceStop } from '../../terms/snippet.ts';
import { type AdversarialAbout, both } from '../about.ts';
import { instanceNeedsMap, only } from '../refusals.ts';

export const about: AdversarialAbout = {
  summary:
    'Two multilayer perceptrons for rows of numbers, as papers on mode collapse train them on rings and grids ' +
    '([Metz et al. 2017](https://arxiv.org/abs/1611.02163)).',
  details: '`blocks` hidden layers of `baseChannels` units in each network. For data source points.',
  family: 'adversarial',
  from: 'latent',
  keys: ['model.baseChannels', 'model.blocks'],

  // Learning rates of Metz et al. 2017, appendix A, doubled for half the units; batches as large as theirs.
  defaults: {
    model: {
      latentSize: 16,
      baseChannels: 64,
      blocks: 3,
      normalization: { generator: 'none', discriminator: 'none' },
    },
    optimizer: both({ learningRate: 1e-3 }),
    training: { batchSize: 256, steps: 4000, epochs: null },
    monitor: { sampleEvery: 200, sampleEveryEpochs: null },
  },

  refusals: [
    instanceNeedsMap,
    // Zhang et al. 2019: attention between the places of a map.
    only(
      'selfAttention',
      [false],
      'model/self-attention',
      () => 'mlp makes rows of numbers, which have no map to attend to (Zhang et al. 2019)',
    ),
  ],

  snippets: {
    model: [
      {
        label: 'Multilayer perceptrons',
        description: 'A small GAN for points and other rows of numbers',
        body: { architecture: 'mlp', latentSize: numberStop(1, 16), baseChannels: numberStop(2, 64) },
      },
    ],
    config: [
      {
        label: 'GAN on points in the plane',
        description: 'Trains in seconds, and shows mode collapse',
        body: {
          model: { architecture: 'mlp' },
          data: { source: 'points', points: textChoiceStop(1, ['ring', 'grid', 'moons', 'swiss-roll']) },
          training: { steps: numberStop(2, 4000) },
        },
      },
    ],
  },

  presets: [
    {
      id: 'points',
      title: 'Points in the plane',
      line: 'A GAN on a ring of eight Gaussians: see in seconds how it learns, or collapses.',
      data: 'drawn',
    },
  ],
};
