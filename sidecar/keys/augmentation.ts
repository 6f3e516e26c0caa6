import { type AugmentationOperation, augmentationAbouts, augmentationNames } from '../augmentations/abouts.ts';
import { numberStop } from '../terms/snippet.ts';
import { boolean, choices, group, integer, number } from './key.ts';
import { adversaries } from './users.ts';

const texts = Object.fromEntries(augmentationNames.map((name) => [name, augmentationAbouts[name].text])) as Record<
  AugmentationOperation,
  string
>;

const share = { minimum: 0, maximum: 1 };

export const augmentationKeys = group(
  {
    title: 'Augmentation',
    description: 'What is done to every image before the discriminator sees it.',
    usedBy: adversaries,
  },
  {
    operations: choices(texts, {
      title: 'Operations',
      description: 'What is done to every image that the discriminator sees, real or generated.',
      details:
        'DiffAugment ([Zhao et al. 2020](https://arxiv.org/abs/2006.10738)): differentiable, so that the generator ' +
        'learns through it and its own images stay as they are. For small datasets.',
      defaultText: 'none',
      usual: [],
    }),
    probability: number(
      {
        title: 'Probability',
        description: 'How often each operation is applied; where adaptive, at the beginning.',
        usual: 1,
        examples: [0, 0.5, 1],
      },
      share,
    ),
    adaptive: boolean({
      title: 'Adaptive',
      description: 'Raises the probability while the discriminator overfits, and lowers it while it does not.',
      details: 'ADA ([Karras et al. 2020](https://arxiv.org/abs/2006.06676), section 3.1).',
      usual: false,
    }),
    target: number(
      {
        title: 'Target',
        description: 'Value of the overfitting heuristic r_t that adaptive augmentation aims at.',
        details: 'r_t is the mean sign of the logits of real images: 0 without overfitting, 1 where it is complete.',
        usual: 0.6,
        examples: [0.6],
      },
      share,
    ),
    instanceNoise: number(
      {
        title: 'Instance noise',
        description: 'Standard deviation of noise on all images at the beginning; it falls linearly to 0.',
        details:
          '[Sønderby et al. 2017](https://arxiv.org/abs/1610.04490). Makes the two distributions overlap, so that the ' +
          'generator has a direction to go. Pixels range from −1 to 1.',
        usual: 0,
        examples: [0.1, 0.5],
      },
      { minimum: 0, maximum: 10 },
    ),
    instanceNoiseImages: integer(
      {
        title: 'Instance noise images',
        description: 'Images until the instance noise is 0.',
        usual: 500_000,
        unit: 'images',
      },
      { minimum: 1, maximum: 1_000_000_000_000 },
    ),
  },
  [
    {
      label: 'Differentiable augmentation',
      description: 'For small datasets',
      body: { operations: augmentationNames },
    },
    {
      label: 'Adaptive augmentation',
      description: 'As much as the discriminator’s overfitting asks for',
      body: {
        operations: augmentationNames,
        probability: 0,
        adaptive: true,
        target: numberStop(1, 0.6),
      },
    },
    {
      label: 'Instance noise',
      description: 'Noise that fades',
      body: { instanceNoise: numberStop(1, 0.1), instanceNoiseImages: numberStop(2, 500_000) },
    },
  ],
);
