import { numberStop, textChoiceStop } from '../../terms/snippet.ts';
import { both, type VariationalAbout } from '../about.ts';

export const about: VariationalAbout = {
  summary:
    'Variational autoencoder ([Kingma and Welling 2014](https://arxiv.org/abs/1312.6114)): one network describes an ' +
    'image by a few random numbers, another draws it from them.',
  details: 'Stable and quick, with softer images than a GAN.',
  family: 'variational',
  from: 'latent',
  keys: ['model.baseChannels'],

  // The paper's Bernoulli pixels, one z an image; Adam with its authors' numbers.
  defaults: {
    model: { latentSize: 16, baseChannels: 32 },
    objective: { loss: 'elbo' },
    optimizer: both({ learningRate: 1e-3, beta1: 0.9 }),
  },

  refusals: [],

  snippets: {
    model: [
      {
        label: 'Variational autoencoder',
        description: 'Stable and quick, softer images',
        body: { architecture: 'vae', latentSize: numberStop(1, 16) },
      },
    ],
    config: [
      {
        label: 'VAE on MNIST',
        description: 'A variational autoencoder: stable and quick',
        body: {
          model: { architecture: 'vae', latentSize: numberStop(1, 16) },
          data: { source: textChoiceStop(2, ['mnist', 'fashion-mnist']) },
          training: { epochs: numberStop(3, 10) },
        },
      },
    ],
  },

  presets: [
    {
      id: 'vae',
      title: 'Variational autoencoder',
      line: 'Stable and quick, with softer images than a GAN.',
      data: 'downloaded',
    },
  ],
};
