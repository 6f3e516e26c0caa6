import { Type } from 'typebox';
import type { ArchitectureOptions } from '../../models/about.ts';
import { numberStop } from '../../terms/snippet.ts';
import type { OptimizerConfig } from '../resolved-config.ts';
import { choice, group, type KeyText, number } from './key.ts';

type Network = keyof ArchitectureOptions['optimizer'];

const optimizer = (network: Network, title: string, description: string) => {
  const text = (key: keyof OptimizerConfig, rest: Omit<KeyText, 'architectureDefault' | 'usedBy'>): KeyText => ({
    ...rest,
    architectureDefault: (defaults) => defaults.optimizer[network][key],
    ...(network === 'discriminator' && { usedBy: 'optimizer.discriminator' }),
  });
  return Type.Object(
    {
      kind: Type.Optional(
        choice(
          {
            adam: 'Adam ([Kingma and Ba 2014](https://arxiv.org/abs/1412.6980)): steps scaled weight by weight.',
            adamw:
              'AdamW ([Loshchilov and Hutter 2019](https://arxiv.org/abs/1711.05101)): Adam with weight decay that ' +
              'is not scaled.',
            rmsprop:
              'RMSProp ([Tieleman and Hinton 2012](https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf)): ' +
              'divides by a running root mean square; what WGAN with clipping recommends.',
            sgd: 'Stochastic gradient descent, with momentum if asked for.',
          },
          text('kind', { title: 'Kind', description: 'The rule by which gradients change the weights.' }),
        ),
      ),
      learningRate: Type.Optional(
        number(
          text('learningRate', {
            title: 'Learning rate',
            description: 'Size of one update of the weights; α in Adam.',
            details:
              'Too large makes the losses jump or turn to NaN, too small makes training crawl. A faster ' +
              'discriminator than generator is a known remedy for instability ' +
              '([Heusel et al. 2017](https://arxiv.org/abs/1706.08500)).',
            examples: [0.0002, 0.0005, 0.001],
          }),
          { exclusiveMinimum: 0, maximum: 1 },
        ),
      ),
      beta1: Type.Optional(
        number(
          text('beta1', {
            title: 'Beta 1',
            description: 'Decay of the running mean of gradients (momentum); β₁ of Adam and AdamW.',
            details:
              '0.5 in place of 0.9 keeps GANs from oscillating ([Radford et al. 2015](https://arxiv.org/abs/1511.06434)); ' +
              'with gradient penalties 0 is usual.',
            examples: [0, 0.5, 0.9],
          }),
          { minimum: 0, exclusiveMaximum: 1 },
        ),
      ),
      beta2: Type.Optional(
        number(
          text('beta2', {
            title: 'Beta 2',
            description: 'Decay of the running mean of squared gradients; β₂ of Adam and AdamW.',
            examples: [0.9, 0.99, 0.999],
          }),
          { minimum: 0, exclusiveMaximum: 1 },
        ),
      ),
      momentum: Type.Optional(
        number(
          text('momentum', {
            title: 'Momentum',
            description: 'Share of the last update that joins the next one; of sgd and rmsprop.',
            details: '[Sutskever et al. 2013](https://proceedings.mlr.press/v28/sutskever13.html). 0 is none.',
            examples: [0, 0.9],
          }),
          { minimum: 0, exclusiveMaximum: 1 },
        ),
      ),
      decay: Type.Optional(
        number(
          text('decay', {
            title: 'Decay',
            description: 'Weight of the past in the running mean square of rmsprop; ρ.',
            examples: [0.9, 0.99],
          }),
          { minimum: 0, exclusiveMaximum: 1 },
        ),
      ),
      weightDecay: Type.Optional(
        number(
          text('weightDecay', {
            title: 'Weight decay',
            description: 'Share of a weight that one update takes away, before the learning rate; of adamw.',
            details: '[Loshchilov and Hutter 2019](https://arxiv.org/abs/1711.05101).',
            examples: [0, 0.01],
          }),
          { minimum: 0, maximum: 1 },
        ),
      ),
      l2: Type.Optional(
        number(
          text('l2', {
            title: 'L2',
            description: 'Half of this times the sum of squared weights joins the loss.',
            details: 'Keeps weights small. With adaptive optimizers adamw’s weight decay does it better.',
            examples: [0, 0.0001],
          }),
          { minimum: 0, maximum: 1 },
        ),
      ),
      clipNorm: Type.Optional(
        number(
          text('clipNorm', {
            title: 'Clip norm',
            description:
              'Largest length of all gradients of an update together; longer ones are scaled down. 0 is none.',
            details:
              '[Pascanu et al. 2013](https://arxiv.org/abs/1211.5063). Against single huge updates; not the weight ' +
              'clipping of WGAN.',
            examples: [1, 10],
          }),
          { minimum: 0, maximum: 1_000_000 },
        ),
      ),
    },
    group({ title, description }, [
      {
        label: 'Adam',
        description: 'Learning rate and decay rates',
        body: { learningRate: numberStop(1, 0.0002), beta1: numberStop(2, 0.5), beta2: numberStop(3, 0.999) },
      },
      {
        label: 'RMSProp',
        description: 'For Wasserstein with weight clipping',
        body: { kind: 'rmsprop', learningRate: numberStop(1, 0.00005) },
      },
      {
        label: 'SGD with momentum',
        description: 'Plain gradient descent',
        body: { kind: 'sgd', learningRate: numberStop(1, 0.01), momentum: numberStop(2, 0.9) },
      },
    ]),
  );
};

export const OptimizerSchema = Type.Object(
  {
    generator: Type.Optional(
      optimizer(
        'generator',
        'Generator optimizer',
        'How the generator is updated; vae and pixelcnn have only this one.',
      ),
    ),
    discriminator: Type.Optional(
      optimizer('discriminator', 'Discriminator optimizer', 'How the discriminator is updated.'),
    ),
  },
  group({ title: 'Optimizer', description: 'How the weights of each network are updated.' }, [
    {
      label: 'Adam for both',
      description: 'DCGAN’s values',
      body: {
        generator: { learningRate: numberStop(1, 0.0002), beta1: numberStop(2, 0.5) },
        discriminator: { learningRate: numberStop(3, 0.0002), beta1: numberStop(4, 0.5) },
      },
    },
    {
      label: 'RMSProp for both',
      description: 'For Wasserstein with weight clipping',
      body: {
        generator: { kind: 'rmsprop', learningRate: numberStop(1, 0.00005) },
        discriminator: { kind: 'rmsprop', learningRate: numberStop(2, 0.00005) },
      },
    },
  ]),
);
