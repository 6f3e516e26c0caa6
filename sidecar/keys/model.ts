import { conditional, conditioning } from './conditioning.ts';
import { boolean, choice, group, integer, number, numberChoice } from './key.ts';
import { generators, minibatch, pac } from './modes.ts';
import { normalization } from './normalization.ts';
import { adversaries, latents, some } from './users.ts';

export const modelKeys = group(
  { title: 'Model', description: 'Which networks to train, and their sizes.', required: true },
  {
    latentSize: integer(
      {
        title: 'Latent size',
        description: 'How many numbers make up z, the random vector that is turned into one image.',
        details:
          'Drawn from a standard normal distribution; *z* in ' +
          '[Goodfellow et al. 2014](https://arxiv.org/abs/1406.2661). Too few limit the variety of images.',
        usual: 100,
        usedBy: latents,
        unit: 'numbers',
        examples: [64, 100, 128],
      },
      { minimum: 1, maximum: 4096 },
    ),
    baseChannels: integer(
      {
        title: 'Base channels',
        description: 'Filters of the widest-image convolution; deeper ones have multiples of it.',
        details: 'Half of it makes training about three times as fast, with less detail.',
        usual: 64,
        usedBy: some,
        unit: 'filters',
        examples: [32, 64, 128],
      },
      { minimum: 4, maximum: 512 },
    ),
    blocks: integer(
      {
        title: 'Blocks',
        description:
          'Residual blocks: at each resolution, in super-resolution in all; hidden layers of the mlp architectures.',
        details:
          'R3GAN has two ([Huang et al. 2024](https://arxiv.org/abs/2501.05441)), SRGAN sixteen ' +
          '([Ledig et al. 2017](https://arxiv.org/abs/1609.04802)). Time grows with them.',
        usual: 1,
        usedBy: some,
        unit: 'blocks',
        examples: [1, 2],
      },
      { minimum: 1, maximum: 32 },
    ),
    conditional,
    conditioning,
    normalization,
    spectralNormalization: choice(
      {
        none: 'In neither network.',
        generator: 'In the generator only.',
        discriminator:
          'In the discriminator only, which bounds how fast its logits can change (a Lipschitz constraint).',
        both: 'In both networks, as in SAGAN.',
      },
      {
        title: 'Spectral normalisation',
        description: 'The networks whose every kernel is divided by its largest singular value.',
        details:
          '[Miyato et al. 2018](https://arxiv.org/abs/1802.05957). Costs little and steadies the discriminator; goes ' +
          'with any loss, usually hinge.',
        usual: 'none',
        usedBy: adversaries,
      },
    ),
    selfAttention: boolean({
      title: 'Self-attention',
      description: 'Lets every place of a 16×16 map look at every other, in both networks.',
      details:
        'SAGAN ([Zhang et al. 2019](https://arxiv.org/abs/1805.08318)). Helps with shapes that span the image; its ' +
        'share begins at 0 and is learned.',
      usual: false,
      usedBy: adversaries,
    }),
    dropout: number(
      {
        title: 'Dropout',
        description: 'Share of values in the discriminator (in every block, for vae and pixelcnn) set to 0 at random.',
        details:
          '[Srivastava et al. 2014](https://jmlr.org/papers/v15/srivastava14a.html). Keeps a network from ' +
          'memorising the data. For image-to-image it is the noise of the generator.',
        usual: 0,
        examples: [0, 0.25, 0.5],
      },
      { minimum: 0, exclusiveMaximum: 1 },
    ),
    minibatch,
    pac,
    generators,
    scale: numberChoice(
      [
        [2, 'Twice the height and width.'],
        [4, 'Four times the height and width.'],
      ],
      {
        title: 'Scale',
        description: 'How many times higher and wider the generated image is than the one it is made from.',
        usual: 4,
        usedBy: some,
      },
    ),
    levels: integer(
      {
        title: 'Levels',
        description:
          'How many values a number of the data may have, a pixel’s channel for one; the data are rounded to them.',
        details: 'Fewer learn faster: 2 for black and white, 16 for grey digits, 256 for all that 8 bits hold.',
        usual: 256,
        usedBy: some,
        unit: 'values',
        examples: [2, 16, 256],
      },
      { minimum: 2, maximum: 256 },
    ),
  },
);
