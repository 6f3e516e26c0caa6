import { Type } from 'typebox';
import { boolean, choice, group, integer } from './key.ts';
import { numberStop } from './snippet.ts';

export const ModelSchema = Type.Object(
  {
    architecture: choice(
      {
        'chapter-mlp-conv':
          'The small GAN of a textbook chapter: a generator of dense layers (256, 512, one unit a pixel) with batch ' +
          'normalisation, against a convolutional discriminator (64, 128 filters) with dropout 0.25. Any image size. ' +
          'Quick on a CPU; a good first choice for digits.',
        'chapter-deep':
          'The deeper conditional GAN of the same chapter: a generator of five dense and five convolutional layers, ' +
          'against a discriminator of five convolutional and two dense layers. Uses class labels. ' +
          'Image sizes that are multiples of 4.',
        dcgan:
          'Deep convolutional GAN ([Radford et al. 2015](https://arxiv.org/abs/1511.06434)): 5×5 transposed ' +
          'convolutions with batch normalisation, against strided convolutions. Images of 28, 32 or 64 pixels.',
      },
      {
        title: 'Architecture',
        description: 'The pair of networks to train.',
        details: 'It also decides the defaults of the other groups.',
      },
    ),
    latentSize: Type.Optional(
      integer(
        {
          title: 'Latent size',
          description: 'How many numbers make up z, the random vector that the generator turns into one image.',
          details:
            'Drawn from a standard normal distribution; *z* in ' +
            '[Goodfellow et al. 2014](https://arxiv.org/abs/1406.2661). Too few limit the variety of images.',
          presetDefault: (preset) => preset.model.latentSize,
          unit: 'numbers',
          examples: [64, 100, 128],
        },
        { minimum: 1, maximum: 4096 },
      ),
    ),
    conditional: Type.Optional(
      boolean({
        title: 'Conditional',
        description: 'Gives both networks the class label (one-hot), so that images can be made of a chosen class.',
        details: 'Conditional GAN ([Mirza and Osindero 2014](https://arxiv.org/abs/1411.1784)). Needs labelled data.',
        presetDefault: (preset) => preset.model.conditional,
      }),
    ),
    baseChannels: Type.Optional(
      integer(
        {
          title: 'Base channels',
          description: 'Filters of the widest-image convolution; each halving of the image doubles them. Only dcgan.',
          details: 'Half of it makes training about three times as fast, with less detail.',
          presetDefault: (preset) => preset.model.baseChannels,
          unit: 'filters',
          examples: [32, 64, 128],
        },
        { minimum: 4, maximum: 512 },
      ),
    ),
  },
  group({ title: 'Model', description: 'Which generator and discriminator to train, and their sizes.' }, [
    {
      label: 'Chapter GAN',
      description: 'Small and quick: dense generator, convolutional discriminator',
      body: { architecture: 'chapter-mlp-conv', latentSize: numberStop(1, 100) },
    },
    {
      label: 'DCGAN',
      description: 'Convolutional generator and discriminator',
      body: { architecture: 'dcgan', latentSize: numberStop(1, 100), baseChannels: numberStop(2, 64) },
    },
    {
      label: 'Conditional GAN',
      description: 'The deep chapter networks with class labels',
      body: { architecture: 'chapter-deep', conditional: true },
    },
  ]),
);
