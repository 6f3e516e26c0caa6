import { numberStop } from '../terms/snippet.ts';
import { choice, type GroupText, group, number } from './key.ts';
import { adversaries } from './users.ts';

const optimizer = <const Text extends GroupText>(text: Text) =>
  group(
    text,
    {
      kind: choice(
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
        { title: 'Kind', description: 'The rule by which gradients change the weights.', usual: 'adam' },
      ),
      learningRate: number(
        {
          title: 'Learning rate',
          description: 'Size of one update of the weights; α in Adam.',
          details:
            'Too large makes the losses jump or turn to NaN, too small makes training crawl. A faster ' +
            'discriminator than generator is a known remedy for instability ' +
            '([Heusel et al. 2017](https://arxiv.org/abs/1706.08500)).',
          examples: [0.0002, 0.0005, 0.001],
          usual: 2e-4,
        },
        { exclusiveMinimum: 0, maximum: 1 },
      ),
      beta1: number(
        {
          title: 'Beta 1',
          description: 'Decay of the running mean of gradients (momentum); β₁ of Adam and AdamW.',
          details:
            '0.5 in place of 0.9 keeps GANs from oscillating ([Radford et al. 2015](https://arxiv.org/abs/1511.06434)); ' +
            'with gradient penalties 0 is usual.',
          examples: [0, 0.5, 0.9],
          usual: 0.5,
        },
        { minimum: 0, exclusiveMaximum: 1 },
      ),
      beta2: number(
        {
          title: 'Beta 2',
          description: 'Decay of the running mean of squared gradients; β₂ of Adam and AdamW.',
          examples: [0.9, 0.99, 0.999],
          usual: 0.999,
        },
        { minimum: 0, exclusiveMaximum: 1 },
      ),
      momentum: number(
        {
          title: 'Momentum',
          description: 'Share of the last update that joins the next one; of sgd and rmsprop.',
          details: '[Sutskever et al. 2013](https://proceedings.mlr.press/v28/sutskever13.html). 0 is none.',
          examples: [0, 0.9],
          usual: 0,
        },
        { minimum: 0, exclusiveMaximum: 1 },
      ),
      decay: number(
        {
          title: 'Decay',
          description: 'Weight of the past in the running mean square of rmsprop; ρ.',
          examples: [0.9, 0.99],
          usual: 0.9,
        },
        { minimum: 0, exclusiveMaximum: 1 },
      ),
      weightDecay: number(
        {
          title: 'Weight decay',
          description: 'Share of a weight that one update takes away, before the learning rate; of adamw.',
          details: '[Loshchilov and Hutter 2019](https://arxiv.org/abs/1711.05101).',
          examples: [0, 0.01],
          usual: 0,
        },
        { minimum: 0, maximum: 1 },
      ),
      l2: number(
        {
          title: 'L2',
          description: 'Half of this times the sum of squared weights joins the loss.',
          details: 'Keeps weights small. With adaptive optimizers adamw’s weight decay does it better.',
          examples: [0, 0.0001],
          usual: 0,
        },
        { minimum: 0, maximum: 1 },
      ),
      clipNorm: number(
        {
          title: 'Clip norm',
          description: 'Largest length of all gradients of an update together; longer ones are scaled down. 0 is none.',
          details:
            '[Pascanu et al. 2013](https://arxiv.org/abs/1211.5063). Against single huge updates; not the weight ' +
            'clipping of WGAN.',
          examples: [1, 10],
          usual: 0,
        },
        { minimum: 0, maximum: 1_000_000 },
      ),
    },
    [
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
    ],
  );

export const optimizerKeys = group(
  { title: 'Optimizer', description: 'How the weights of each network are updated.' },
  {
    generator: optimizer({
      title: 'Generator optimizer',
      description: 'How the generator is updated; vae and pixelcnn have only this one.',
    }),
    discriminator: optimizer({
      title: 'Discriminator optimizer',
      description: 'How the discriminator is updated.',
      usedBy: adversaries,
    }),
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
    {
      label: 'RMSProp for both',
      description: 'For Wasserstein with weight clipping',
      body: {
        generator: { kind: 'rmsprop', learningRate: numberStop(1, 0.00005) },
        discriminator: { kind: 'rmsprop', learningRate: numberStop(2, 0.00005) },
      },
    },
  ],
);
