/** Numbers of the training that change while it goes on. */
import { Type } from 'typebox';
import { numberStop } from '../../terms/snippet.ts';
import { choice, group, integer, number } from './key.ts';

const images = { minimum: 0, maximum: 1_000_000_000_000 };
const multiple = { minimum: 0, maximum: 1000 };

export const ScheduleSchema = Type.Object(
  {
    kind: Type.Optional(
      choice(
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
          architectureDefault: (defaults) => defaults.training.schedule.kind,
        },
      ),
    ),
    warmupImages: Type.Optional(
      integer(
        {
          title: 'Warm-up images',
          description: 'Images over which the learning rate first rises evenly from 0; goes with every kind.',
          details: '[Goyal et al. 2017](https://arxiv.org/abs/1706.02677), section 2.2.',
          architectureDefault: (defaults) => defaults.training.schedule.warmupImages,
          unit: 'images',
        },
        images,
      ),
    ),
    everyImages: Type.Optional(
      integer(
        {
          title: 'Every images',
          description: 'Images between two falls of the learning rate, for kinds step and exponential.',
          architectureDefault: (defaults) => defaults.training.schedule.everyImages,
          unit: 'images',
        },
        { ...images, minimum: 1 },
      ),
    ),
    factor: Type.Optional(
      number(
        {
          title: 'Factor',
          description: 'What the learning rate is multiplied by in that many images, for kinds step and exponential.',
          architectureDefault: (defaults) => defaults.training.schedule.factor,
          examples: [0.1, 0.5],
        },
        { exclusiveMinimum: 0, maximum: 1 },
      ),
    ),
  },
  group({ title: 'Schedule', description: 'How the learning rate of both networks changes over the run.' }, [
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
  ]),
);

export const BurnInSchema = Type.Object(
  {
    images: Type.Optional(
      integer(
        {
          title: 'Images',
          description: 'Images over which the numbers of this group reach their configured values; 0 is no burn-in.',
          architectureDefault: (defaults) => defaults.training.burnIn.images,
          unit: 'images',
        },
        images,
      ),
    ),
    learningRate: Type.Optional(
      number(
        {
          title: 'Learning rate',
          description: 'Start of the learning rate, as a multiple of the configured one.',
          architectureDefault: (defaults) => defaults.training.burnIn.learningRate,
          examples: [2, 4],
        },
        { ...multiple, exclusiveMinimum: 0 },
      ),
    ),
    penalty: Type.Optional(
      number(
        {
          title: 'Penalty',
          description: 'Start of the weights r1 and r2, as a multiple of the configured ones.',
          architectureDefault: (defaults) => defaults.training.burnIn.penalty,
          usedBy: 'training.burnIn.penalty',
          examples: [10],
        },
        multiple,
      ),
    ),
    beta2: Type.Optional(
      number(
        {
          title: 'Beta 2',
          description: 'Start of beta2 of both optimizers.',
          architectureDefault: (defaults) => defaults.training.burnIn.beta2,
          examples: [0.9],
        },
        { minimum: 0, exclusiveMaximum: 1 },
      ),
    ),
  },
  group(
    {
      title: 'Burn-in',
      description: 'A rougher beginning: each number goes by half a cosine from its start to its configured value.',
      details:
        'R3GAN ([Huang et al. 2024](https://arxiv.org/abs/2501.05441), appendix). The average of the weights follows ' +
        'with a short half-life at first.',
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
  ),
);
