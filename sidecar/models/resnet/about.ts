import { numberStop } from '../../terms/snippet.ts';
import { type AdversarialAbout, both } from '../about.ts';

export const about: AdversarialAbout = {
  summary:
    'Residual GAN ([Gulrajani et al. 2017](https://arxiv.org/abs/1704.00028); ' +
    '[Miyato et al. 2018](https://arxiv.org/abs/1802.05957)): blocks with skip connections that double the size in ' +
    'the generator and halve it in the discriminator, with spectral normalisation and the hinge loss.',
  details: 'Better images than dcgan for more work a step.',
  family: 'adversarial',
  from: 'latent',
  keys: ['model.baseChannels'],

  // Hinge loss, Adam (0, 0.9) and spectral normalisation: Miyato et al. 2018, table 1 and appendix.
  defaults: {
    model: { latentSize: 128, spectralNormalization: 'discriminator' },
    objective: { loss: 'hinge' },
    optimizer: both({ beta1: 0, beta2: 0.9 }),
    training: { batchSize: 64 },
  },

  refusals: [],

  snippets: {
    model: [
      {
        label: 'Residual GAN',
        description: 'Skip connections, spectral normalisation, hinge loss',
        body: { architecture: 'resnet', baseChannels: numberStop(1, 64) },
      },
    ],
    config: [],
  },

  presets: [
    {
      id: 'diffaugment',
      title: 'Few images',
      line: 'A folder of few images, with differentiable augmentation against overfitting.',
      data: 'own',
    },
  ],
};
