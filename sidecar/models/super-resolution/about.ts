import { numberChoiceStop, numberStop, textStop } from '../../terms/snippet.ts';
import { type AdversarialAbout, both } from '../about.ts';

export const about: AdversarialAbout = {
  summary:
    'Super-resolution GAN ([Ledig et al. 2017](https://arxiv.org/abs/1609.04802)): a residual generator with pixel ' +
    'shuffle enlarges images two or four times.',
  details: 'The pairs are made from the data; the grid shows low, generated and high resolution side by side.',
  family: 'adversarial',
  from: 'reduced',
  keys: ['model.baseChannels', 'model.blocks', 'model.scale'],

  // SRGAN without the VGG features: content is the mean absolute difference.
  defaults: {
    model: { blocks: 5 },
    objective: { content: 100 },
    optimizer: both({ learningRate: 1e-4, beta1: 0.9 }),
    training: { batchSize: 16 },
    monitor: { gridSize: 6 },
  },

  refusals: [],

  snippets: {
    model: [
      {
        label: 'Super-resolution',
        description: 'Enlarges images',
        body: { architecture: 'super-resolution', scale: numberChoiceStop(1, [4, 2]), baseChannels: numberStop(2, 32) },
      },
    ],
    config: [
      {
        label: 'Super-resolution on a folder of images',
        description: 'Enlarges images; the pairs are made from them',
        body: {
          model: {
            architecture: 'super-resolution',
            scale: numberChoiceStop(1, [4, 2]),
            baseChannels: numberStop(2, 32),
          },
          data: { source: 'folder', path: textStop(3, './images'), imageSize: numberChoiceStop(4, [64, 128]) },
          training: { steps: numberStop(5, 10000) },
        },
      },
    ],
  },

  presets: [
    { id: 'super-resolution', title: 'Super-resolution', line: 'Enlarges images four times (SRGAN).', data: 'drawn' },
  ],
};
