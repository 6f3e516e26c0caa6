/** Keys of the model that work against mode collapse. */

import { choice, integer } from './key.ts';
import { adversaries } from './users.ts';

export const minibatch = choice(
  {
    none: 'Every image is judged by itself.',
    'standard-deviation':
      'One more map tells how much the images of a group differ ' +
      '([Karras et al. 2018](https://arxiv.org/abs/1710.10196)).',
    discrimination:
      'Learned features of how near the images of the batch are to each other ' +
      '([Salimans et al. 2016](https://arxiv.org/abs/1606.03498)).',
  },
  {
    title: 'Minibatch',
    description: 'What the discriminator sees of the rest of its batch.',
    details: 'A generator that makes the same image again and again is found out by it.',
    usual: 'none',
    usedBy: adversaries,
  },
);

export const pac = integer(
  {
    title: 'Pac',
    description: 'Images that the discriminator judges together, as one.',
    details:
      'PacGAN ([Lin et al. 2018](https://arxiv.org/abs/1712.04086)): packs of samples show a lack of variety. 1 is an ' +
      'ordinary GAN. Must divide the batch size.',
    usual: 1,
    usedBy: adversaries,
    unit: 'images',
    examples: [2, 4],
  },
  { minimum: 1, maximum: 16 },
);

export const generators = integer(
  {
    title: 'Generators',
    description: 'Generators that share one discriminator, which also names the generator of each image.',
    details:
      'MAD-GAN ([Ghosh et al. 2018](https://arxiv.org/abs/1704.02906)): to be told apart, the generators take over ' +
      'different modes. 1 is an ordinary GAN. Must divide the batch size.',
    usual: 1,
    usedBy: adversaries,
    unit: 'networks',
    examples: [3, 4],
  },
  { minimum: 1, maximum: 16 },
);
