import { numberChoiceStop, numberStop, textStop } from '../../terms/snippet.ts';
import { type AdversarialAbout, both } from '../about.ts';
import { only } from '../refusals.ts';

/** Channels of a group of convolutions come from twice the base channels. */
const MULTIPLE = 8;

const unnormalised = (kind: string) =>
  `r3gan has no normalisation in either network: its blocks begin as the identity instead, and ${kind} ` +
  'normalisation would undo that (Huang et al. 2024, section 4)';

export const about: AdversarialAbout = {
  summary:
    'A small R3GAN ([Huang et al. 2024](https://arxiv.org/abs/2501.05441)): residual blocks of grouped convolutions ' +
    'without any normalisation, bilinear resampling, a learned 4×4 basis, the relativistic loss with R1 and R2.',
  details: 'Covers every mode of the data and does not collapse.',
  family: 'adversarial',
  from: 'latent',
  keys: ['model.baseChannels', 'model.blocks'],

  // The paper's loss, penalties, and Adam with β₁ 0.
  defaults: {
    model: {
      latentSize: 64,
      baseChannels: 16,
      normalization: { generator: 'none', discriminator: 'none' },
    },
    objective: { loss: 'relativistic', penalties: { r1: 1, r2: 1 } },
    optimizer: both({ beta1: 0, beta2: 0.99 }),
    training: { batchSize: 64, emaHalfLife: 20_000 },
  },

  refusals: [
    only('normalization.generator', ['none'], 'model/r3gan-normalization', unnormalised),
    only('normalization.discriminator', ['none'], 'model/r3gan-normalization', unnormalised),
    only(
      'spectralNormalization',
      ['none'],
      'model/r3gan-spectral-norm',
      () =>
        'The last convolution of an r3gan block begins at 0 (Huang et al. 2024, section 4), and spectral ' +
        'normalisation would divide it by its largest singular value, 0',
    ),
    {
      code: 'model/r3gan-groups',
      keys: ['baseChannels'],
      why: ({ baseChannels }) =>
        baseChannels % MULTIPLE === 0
          ? null
          : 'r3gan cuts its channels into groups (Huang et al. 2024, section 4), so that "baseChannels" must be a ' +
            `multiple of ${MULTIPLE}; ${baseChannels} is not`,
      instead: ({ baseChannels }) => [['baseChannels', Math.max(1, Math.round(baseChannels / MULTIPLE)) * MULTIPLE]],
    },
  ],

  snippets: {
    model: [
      {
        label: 'R3GAN',
        description: 'Residual blocks without normalisation; covers every mode',
        body: { architecture: 'r3gan', latentSize: numberStop(1, 64), baseChannels: numberStop(2, 16) },
      },
    ],
    config: [
      {
        label: 'R3GAN on a folder of images',
        description: 'Stable, covers every mode; slower than DCGAN',
        body: {
          model: { architecture: 'r3gan', baseChannels: numberStop(1, 16) },
          data: { source: 'folder', path: textStop(2, './images'), imageSize: numberChoiceStop(3, [32, 64]) },
          training: { steps: numberStop(4, 10000), batchSize: numberStop(5, 64) },
        },
      },
    ],
  },

  presets: [
    {
      id: 'r3gan',
      title: 'R3GAN on MNIST',
      line: 'Residual blocks without normalisation; stable, and covers every mode.',
      data: 'downloaded',
    },
    {
      id: 'stacked-mnist',
      title: 'Stacked MNIST',
      line: 'Three digits as colours: does the generator find all 1,000 modes?',
      data: 'downloaded',
    },
    {
      id: 'icons',
      title: 'Icons with transparency',
      line: 'R3GAN with adaptive augmentation on a tar or folder of small icons.',
      data: 'own',
    },
  ],
};
