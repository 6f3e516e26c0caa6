import { numberStop } from '../../terms/snippet.ts';
import { both, type VariationalAbout } from '../about.ts';
import { instanceNeedsMap } from '../refusals.ts';

export const about: VariationalAbout = {
  summary:
    'Variational autoencoder of multilayer perceptrons for rows of numbers ' +
    '([Kingma and Welling 2014](https://arxiv.org/abs/1312.6114)).',
  details: '`blocks` hidden layers of `baseChannels` units in each network. For data source points.',
  family: 'variational',
  from: 'latent',
  keys: ['model.baseChannels', 'model.blocks'],

  // A Gaussian likelihood of variance 1, weighted as one of variance β: points lie closer together than 1.
  defaults: {
    model: {
      latentSize: 2,
      baseChannels: 64,
      blocks: 3,
      normalization: { generator: 'none', discriminator: 'none' },
    },
    objective: { loss: 'elbo', likelihood: 'gaussian', beta: 0.002 },
    optimizer: both({ learningRate: 1e-3, beta1: 0.9 }),
    training: { batchSize: 256, steps: 4000, epochs: null },
    monitor: { sampleEvery: 200, sampleEveryEpochs: null },
  },

  refusals: [instanceNeedsMap],

  snippets: {
    model: [
      {
        label: 'Variational autoencoder of rows',
        description: 'For points and other rows of numbers',
        body: { architecture: 'mlp-vae', latentSize: numberStop(1, 2) },
      },
    ],
    config: [],
  },

  presets: [],
};
