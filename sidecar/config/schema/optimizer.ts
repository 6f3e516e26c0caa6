import { Type } from 'typebox';
import { group, number } from './key.ts';
import { numberStop } from './snippet.ts';

const adam = (network: 'Generator' | 'Discriminator') =>
  Type.Object(
    {
      learningRate: Type.Optional(
        number(
          {
            title: 'Learning rate',
            description: 'Size of one update of the weights; α in Adam.',
            details:
              'Too large makes the losses jump or turn to NaN, too small makes training crawl. A faster ' +
              'discriminator than generator is a known remedy for instability ' +
              '([Heusel et al. 2017](https://arxiv.org/abs/1706.08500)).',
            presetDefault: (preset) => preset.optimizer.learningRate,
            examples: [0.0002, 0.0005, 0.001],
          },
          { exclusiveMinimum: 0, maximum: 1 },
        ),
      ),
      beta1: Type.Optional(
        number(
          {
            title: 'Beta 1',
            description: 'Decay of the running mean of gradients (momentum); β₁ in Adam.',
            details:
              '0.5 in place of 0.9 keeps GANs from oscillating ([Radford et al. 2015](https://arxiv.org/abs/1511.06434)).',
            presetDefault: (preset) => preset.optimizer.beta1,
            examples: [0.5, 0.9],
          },
          { minimum: 0, exclusiveMaximum: 1 },
        ),
      ),
      beta2: Type.Optional(
        number(
          {
            title: 'Beta 2',
            description: 'Decay of the running mean of squared gradients; β₂ in Adam.',
            presetDefault: (preset) => preset.optimizer.beta2,
            examples: [0.999],
          },
          { minimum: 0, exclusiveMaximum: 1 },
        ),
      ),
    },
    group(
      {
        title: `${network} optimizer`,
        description: `How the ${network.toLowerCase()} is updated: Adam.`,
        details: 'Adam ([Kingma and Ba 2014](https://arxiv.org/abs/1412.6980)).',
      },
      [
        {
          label: 'Adam',
          description: 'Learning rate and decay rates',
          body: { learningRate: numberStop(1, 0.0002), beta1: numberStop(2, 0.5), beta2: numberStop(3, 0.999) },
        },
      ],
    ),
  );

export const OptimizerSchema = Type.Object(
  { generator: Type.Optional(adam('Generator')), discriminator: Type.Optional(adam('Discriminator')) },
  group(
    {
      title: 'Optimizer',
      description: 'How the weights of each network are updated: Adam.',
      details: 'Adam ([Kingma and Ba 2014](https://arxiv.org/abs/1412.6980)), one for each network.',
    },
    [
      {
        label: 'Adam for both',
        description: 'DCGAN’s values',
        body: {
          generator: { learningRate: numberStop(1, 0.0002), beta1: numberStop(2, 0.5) },
          discriminator: { learningRate: numberStop(3, 0.0002), beta1: numberStop(4, 0.5) },
        },
      },
    ],
  ),
);
