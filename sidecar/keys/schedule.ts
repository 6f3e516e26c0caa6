/** Numbers of the training that change while it goes on. */

import { numberStop } from '../terms/snippet.ts';
import { choice, group, integer, number } from './key.ts';
import { adversaries } from './users.ts';

const images = { minimum: 0, maximum: 1_000_000_000_000 };
const multiple = { minimum: 0, maximum: 1000 };

export const schedule = group(
  { title: 'Schedule', description: 'How the learning rate of both networks changes over the run.' },
  {
    kind: choice(
      {
        constant: 'Stays as it is.',
        step: 'Is multiplied by `factor` every `everyImages` images, at once.',
        exponential: 'Falls evenly, by `factor` over every `everyImages` images.',
        cosine:
          'Falls by half a cosine to 0 at the end of the run ' +
          '([Loshchilov and Hutter 2017](https://arxiv.org/abs/1608.03983)).',
      },
      {
        title: 'Kind',
        description: 'How the learning rate of both networks changes over the run.',
        usual: 'constant',
      },
    ),
    warmupImages: integer(
      {
        title: 'Warm-up images',
        description: 'Images over which the learning rate first rises evenly from 0; goes with every kind.',
        details: '[Goyal et al. 2017](https://arxiv.org/abs/1706.02677), section 2.2.',
        usual: 0,
        unit: 'images',
      },
      images,
    ),
    everyImages: integer(
      {
        title: 'Every images',
        description: 'Images between two falls of the learning rate, for kinds step and exponential.',
        usual: 1_000_000,
        unit: 'images',
      },
      { ...images, minimum: 1 },
    ),
    factor: number(
      {
        title: 'Factor',
        description: 'What the learning rate is multiplied by in that many images, for kinds step and exponential.',
        usual: 0.5,
        examples: [0.1, 0.5],
      },
      { exclusiveMinimum: 0, maximum: 1 },
    ),
  },
  [
    { label: 'Cosine', description: 'Falls to 0 at the end', body: { kind: 'cosine' } },
    {
      label: 'Steps',
      description: 'Falls by a factor from time to time',
      body: { kind: 'step', everyImages: numberStop(1, 1_000_000), factor: numberStop(2, 0.5) },
    },
    {
      label: 'Exponential',
      description: 'Falls evenly',
      body: { kind: 'exponential', everyImages: numberStop(1, 1_000_000), factor: numberStop(2, 0.5) },
    },
  ],
);

export const burnIn = group(
  {
    title: 'Burn-in',
    description: 'A rougher beginning: each number goes by half a cosine from its start to its configured value.',
    details:
      'R3GAN ([Huang et al. 2024](https://arxiv.org/abs/2501.05441), appendix). The average of the weights follows ' +
      'with a short half-life at first.',
  },
  {
    images: integer(
      {
        title: 'Images',
        description: 'Images over which the numbers of this group reach their configured values; 0 is no burn-in.',
        usual: 0,
        unit: 'images',
      },
      images,
    ),
    learningRate: number(
      {
        title: 'Learning rate',
        description: 'Start of the learning rate, as a multiple of the configured one.',
        usual: 1,
        examples: [2, 4],
      },
      { ...multiple, exclusiveMinimum: 0 },
    ),
    penalty: number(
      {
        title: 'Penalty',
        description: 'Start of the weights r1 and r2, as a multiple of the configured ones.',
        usual: 1,
        usedBy: adversaries,
        examples: [10],
      },
      multiple,
    ),
    beta2: number(
      {
        title: 'Beta 2',
        description: 'Start of beta2 of both optimizers.',
        usual: 0.9,
        examples: [0.9],
      },
      { minimum: 0, exclusiveMaximum: 1 },
    ),
  },
  [
    {
      label: 'Burn-in as R3GAN’s',
      description: 'Faster learning and stronger penalties at first',
      body: {
        images: numberStop(1, 200_000),
        learningRate: numberStop(2, 4),
        penalty: numberStop(3, 10),
        beta2: 0.9,
      },
    },
  ],
);
