import { numberChoiceStop, numberStop, textStop } from '../../terms/snippet.ts';
import type { AdversarialAbout } from '../about.ts';

export const about: AdversarialAbout = {
  summary:
    'Translation of images ([Isola et al. 2017](https://arxiv.org/abs/1611.07004), pix2pix): a U-Net turns an input ' +
    'image into another, judged patch by patch.',
  details: 'Inputs are edges or grey versions of the data, or a second folder.',
  family: 'adversarial',
  from: 'paired',
  keys: ['model.baseChannels'],

  // The paper's L1 of weight 100, Adam 2e-4 (0.5, 0.999), patch discriminator.
  defaults: {
    model: { normalization: { generator: 'batch', discriminator: 'batch' }, dropout: 0.5 },
    objective: { content: 100 },
    training: { batchSize: 16 },
    monitor: { gridSize: 6 },
  },

  refusals: [],

  snippets: {
    model: [
      {
        label: 'Image to image',
        description: 'Translates edges, grey images or a second folder into images',
        body: { architecture: 'image-to-image', baseChannels: numberStop(1, 32) },
      },
    ],
    config: [
      {
        label: 'Image to image on two folders',
        description: 'Translates the images of one folder into those of another',
        body: {
          model: { architecture: 'image-to-image', baseChannels: numberStop(1, 32) },
          data: {
            source: 'folder',
            path: textStop(2, './images'),
            input: 'folder',
            inputPath: textStop(3, './inputs'),
            imageSize: numberChoiceStop(4, [64, 128]),
          },
          training: { steps: numberStop(5, 10000) },
        },
      },
    ],
  },

  presets: [
    { id: 'image-to-image', title: 'Image to image', line: 'Draws digits from their edges (pix2pix).', data: 'drawn' },
  ],
};
