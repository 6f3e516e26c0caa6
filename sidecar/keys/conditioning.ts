import { boolean, choice } from './key.ts';

export const conditional = boolean({
  title: 'Conditional',
  description: 'Gives the networks the class label, so that images can be made of a chosen class.',
  details: 'Conditional GAN ([Mirza and Osindero 2014](https://arxiv.org/abs/1411.1784)). Needs labelled data.',
  usual: false,
});

export const conditioning = choice(
  {
    concat:
      'The label, one-hot, is laid beside the input of both networks ' +
      '([Mirza and Osindero 2014](https://arxiv.org/abs/1411.1784)).',
    embedding: 'As concat, with a learned vector for each class in place of the one-hot label.',
    projection:
      'The discriminator adds the product of its features and a vector of the class ' +
      '([Miyato and Koyama 2018](https://arxiv.org/abs/1802.05637)); the generator gets the label beside z.',
    'auxiliary-classifier':
      'The discriminator also names the class, and both networks are paid for right names ' +
      '([Odena et al. 2017](https://arxiv.org/abs/1610.09585), AC-GAN).',
  },
  {
    title: 'Conditioning',
    description: 'How the networks are told the class label.',
    details: 'Only where `conditional` is true. vae and pixelcnn know concat only.',
    usual: 'concat',
  },
);
