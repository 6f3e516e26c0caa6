import { textChoiceStop } from '../terms/snippet.ts';
import { choice, group, type KeyText } from './key.ts';
import { adversaries } from './users.ts';

const kinds = {
  batch:
    'Batch normalisation ([Ioffe and Szegedy 2015](https://arxiv.org/abs/1502.03167)): mean 0 and variance 1 over the ' +
    'batch, channel by channel. Ties the images of a batch together, so it does not go with gradient penalties.',
  'conditional-batch':
    'Batch normalisation whose scale and shift belong to the class ' +
    '([Dumoulin et al. 2017](https://arxiv.org/abs/1610.07629)). Needs a conditional model.',
  layer: 'Layer normalisation ([Ba et al. 2016](https://arxiv.org/abs/1607.06450)): over all values of one image.',
  instance:
    'Instance normalisation ([Ulyanov et al. 2016](https://arxiv.org/abs/1607.08022)): over each channel of one image.',
  group:
    'Group normalisation ([Wu and He 2018](https://arxiv.org/abs/1803.08494)): over groups of channels of one image.',
  pixel:
    'Pixel norm ([Karras et al. 2018](https://arxiv.org/abs/1710.10196)): the channels of each pixel are scaled to ' +
    'length √channels; has no weights.',
  none: 'No normalisation.',
} as const;

const of = <const Text extends KeyText<keyof typeof kinds>>(network: string, text: Text) =>
  choice(kinds, {
    ...text,
    description: `What keeps the values between the ${network}’s layers at a common scale.`,
  });

export const normalization = group(
  {
    title: 'Normalisation',
    description: 'What keeps the values between the layers of each network at a common scale.',
    details:
      'Eases training of deep networks. r3gan has none; with gradient penalties the discriminator has layer, instance or ' +
      'none. vae and pixelcnn take the generator’s.',
  },
  {
    generator: of('generator', { title: 'Generator', description: '', usual: 'batch' }),
    discriminator: of('discriminator', {
      title: 'Discriminator',
      description: '',
      usual: 'none',
      usedBy: adversaries,
    }),
  },
  [
    {
      label: 'Normalisation of both networks',
      description: 'Layer normalisation in the discriminator goes with gradient penalties',
      body: {
        generator: textChoiceStop(1, Object.keys(kinds)),
        discriminator: textChoiceStop(2, ['none', 'layer', 'instance', 'group', 'pixel', 'batch']),
      },
    },
  ],
);
