import { numberStop } from '../terms/snippet.ts';
import { endlessDefaults } from './endless.ts';
import { group, integer, number } from './key.ts';
import { burnIn, schedule } from './schedule.ts';
import { some } from './users.ts';

export const trainingKeys = group(
  { title: 'Training', description: 'How long to train, on how many images at a time.' },
  {
    steps: integer(
      {
        title: 'Steps',
        description:
          'How long to train. One step updates every network; the discriminator as often as `discriminatorSteps` says.',
        details: `Give steps or epochs, not both. Without either, data drawn on demand train for ${endlessDefaults.steps} steps.`,
        usual: null as number | null,
        unit: 'steps',
        examples: [1000, 10_000, 100_000],
      },
      { minimum: 1, maximum: 1_000_000_000 },
    ),
    epochs: number(
      {
        title: 'Epochs',
        description: 'How long to train, in passes over the whole dataset.',
        details: 'Give steps or epochs, not both. Fractions are allowed.',
        usual: 25 as number | null,
        unit: 'passes',
        examples: [10, 25, 100],
      },
      { exclusiveMinimum: 0, maximum: 1_000_000 },
    ),
    batchSize: integer(
      {
        title: 'Batch size',
        description: 'Real images that one update learns from, and as many generated ones.',
        details: 'Memory and time of a step grow with it.',
        usual: 128,
        unit: 'images',
        examples: [32, 64, 128],
      },
      { minimum: 1, maximum: 65_536 },
    ),
    seed: integer(
      {
        title: 'Seed',
        description: 'Fixes all randomness: weights, order of the data, noise. The same seed gives the same run.',
        default: 0,
      },
      { minimum: 0, maximum: 4_294_967_295 },
    ),
    schedule,
    burnIn,
    emaHalfLife: integer(
      {
        title: 'EMA half-life',
        description:
          'Images after which old weights count half in the average that samples are made with; 0 is no average.',
        details:
          'Exponential moving average of the generator’s weights ' +
          '([Yazıcı et al. 2019](https://arxiv.org/abs/1806.04498)). Smooths the generator’s going back and forth; ' +
          'samples are usually much better with it.',
        usual: 0,
        unit: 'images',
        examples: [10_000, 20_000, 500_000],
      },
      { minimum: 0, maximum: 1_000_000_000_000 },
    ),
    growEvery: integer(
      {
        title: 'Grow every',
        description: 'Images for each fade-in of a new resolution, and as many again before the next.',
        details: '[Karras et al. 2018](https://arxiv.org/abs/1710.10196) uses 600,000 up to 8×8 and 800,000 beyond.',
        usual: 100_000,
        usedBy: some,
        unit: 'images',
        examples: [50_000, 100_000, 600_000],
      },
      { minimum: 1, maximum: 1_000_000_000 },
    ),
  },
  [
    {
      label: 'Steps',
      description: 'Train for a number of steps',
      body: { steps: numberStop(1, 10000), batchSize: numberStop(2, 128), seed: numberStop(3, 0) },
    },
    {
      label: 'Epochs',
      description: 'Train for passes over the dataset',
      body: { epochs: numberStop(1, 25), batchSize: numberStop(2, 128), seed: numberStop(3, 0) },
    },
  ],
);
