import { numberStop } from '../../terms/snippet.ts';
import { both, type VariationalAbout } from '../about.ts';

export const about: VariationalAbout = {
  summary:
    'Variational autoencoder of residual blocks ([Kingma et al. 2016](https://arxiv.org/abs/1606.04934), without ' +
    'its flow): deeper than vae, and without normalisation.',
  details: '`blocks` residual blocks at each resolution, one by default. More work a step than vae.',
  family: 'variational',
  from: 'latent',
  keys: ['model.baseChannels', 'model.blocks'],

  // Those of vae, but for normalisation: residual branches begin at 0, which makes it needless.
  defaults: {
    model: {
      latentSize: 16,
      baseChannels: 32,
      blocks: 1,
      normalization: { generator: 'none', discriminator: 'none' },
    },
    objective: { loss: 'elbo' },
    optimizer: both({ learningRate: 1e-3, beta1: 0.9 }),
  },

  refusals: [],

  snippets: {
    model: [
      {
        label: 'Residual variational autoencoder',
        description: 'Residual blocks, no normalisation',
        body: { architecture: 'residual-vae', latentSize: numberStop(1, 16), blocks: numberStop(2, 1) },
      },
    ],
    config: [],
  },

  presets: [
    {
      id: 'residual-vae',
      title: 'Residual autoencoder',
      line: 'A variational autoencoder of residual blocks, without normalisation.',
      data: 'downloaded',
    },
  ],
};
