import { numberChoiceStop } from '../../terms/snippet.ts';
import { type AutoregressiveAbout, both } from '../about.ts';
import { only } from '../refusals.ts';

export const about: AutoregressiveAbout = {
  summary:
    'Rows of numbers value by value, each from those before it by a multilayer perceptron ' +
    '([Bengio and Bengio 2000](https://papers.nips.cc/paper_files/paper/1999/hash/e6384711491713d29bc63fc5eeb5ba4f-Abstract.html)).',
  details:
    'Has an exact likelihood of `levels` steps a value, in bits per dimension, and covers every mode. ' +
    'For data source points.',
  family: 'autoregressive',
  from: null,
  keys: ['model.baseChannels', 'model.blocks', 'model.levels'],

  defaults: {
    model: {
      baseChannels: 64,
      blocks: 2,
      levels: 128,
      normalization: { generator: 'none', discriminator: 'none' },
    },
    objective: { loss: 'likelihood' },
    optimizer: both({ learningRate: 1e-3, beta1: 0.9 }),
    training: { batchSize: 256, steps: 4000, epochs: null },
    monitor: { sampleEvery: 200, sampleEveryEpochs: null },
  },

  // Of what is normalised over a row, a value would see those that come after it.
  refusals: [
    only(
      'normalization.generator',
      ['none', 'pixel'],
      'model/autoregressive-normalization',
      (kind) =>
        `${kind} normalisation mixes examples or values that mlp-autoregressive predicts one by one; use none or pixel`,
    ),
  ],

  snippets: {
    model: [
      {
        label: 'Value by value',
        description: 'Rows of numbers with an exact likelihood',
        body: { architecture: 'mlp-autoregressive', levels: numberChoiceStop(1, [128, 64, 256]) },
      },
    ],
    config: [],
  },

  presets: [],
};
