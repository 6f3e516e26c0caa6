import { Type } from 'typebox';
import { commonDefaults, endlessDefaults } from '../presets.ts';
import { group, integer, number } from './key.ts';
import { numberStop } from './snippet.ts';

export const TrainingSchema = Type.Object(
  {
    steps: Type.Optional(
      integer(
        {
          title: 'Steps',
          description: 'How long to train. One step updates the discriminator once and the generator once.',
          details: `Give steps or epochs, not both. Without either, data drawn on demand train for ${endlessDefaults.steps} steps.`,
          presetDefault: (preset) => preset.training.steps,
          unit: 'steps',
          examples: [1000, 10_000, 100_000],
        },
        { minimum: 1, maximum: 1_000_000_000 },
      ),
    ),
    epochs: Type.Optional(
      number(
        {
          title: 'Epochs',
          description: 'How long to train, in passes over the whole dataset.',
          details: 'Give steps or epochs, not both. Fractions are allowed.',
          presetDefault: (preset) => preset.training.epochs,
          unit: 'passes',
          examples: [10, 25, 100],
        },
        { exclusiveMinimum: 0, maximum: 1_000_000 },
      ),
    ),
    batchSize: Type.Optional(
      integer(
        {
          title: 'Batch size',
          description: 'Real images, and as many generated ones, that one step learns from.',
          details: 'Memory and time of a step grow with it.',
          presetDefault: (preset) => preset.training.batchSize,
          unit: 'images',
          examples: [32, 64, 128],
        },
        { minimum: 1, maximum: 65_536 },
      ),
    ),
    seed: Type.Optional(
      integer(
        {
          title: 'Seed',
          description: 'Fixes all randomness: weights, order of the data, noise. The same seed gives the same run.',
          default: commonDefaults.training.seed,
        },
        { minimum: 0, maximum: 4_294_967_295 },
      ),
    ),
  },
  group({ title: 'Training', description: 'How long to train, on how many images at a time.' }, [
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
  ]),
);
