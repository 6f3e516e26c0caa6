import { numberChoiceStop, numberStop, type Snippet, textChoiceStop, textStop } from './snippet.ts';

/** Whole configs, offered in an empty file. The first trains without any files. */
export const configSnippets: readonly Snippet[] = [
  {
    label: 'GAN on drawn digits',
    description: 'Trains at once: no files, no download',
    body: {
      model: { architecture: 'chapter-mlp-conv' },
      data: { source: 'digits' },
      training: { steps: numberStop(1, 2000), batchSize: numberStop(2, 128) },
    },
  },
  {
    label: 'GAN on a folder of images',
    description: 'DCGAN on PNG, JPEG or WebP images',
    body: {
      model: { architecture: 'dcgan' },
      data: { source: 'folder', path: textStop(1, './images'), imageSize: numberChoiceStop(2, [32, 64, 28]) },
      training: { epochs: numberStop(3, 25), batchSize: numberStop(4, 64) },
    },
  },
  {
    label: 'GAN on MNIST',
    description: 'The textbook chapter’s GAN on handwritten digits',
    body: {
      model: { architecture: 'chapter-mlp-conv' },
      data: { source: textChoiceStop(1, ['mnist', 'fashion-mnist']) },
      training: { epochs: numberStop(2, 100), batchSize: numberStop(3, 128) },
    },
  },
  {
    label: 'Conditional GAN on MNIST',
    description: 'Images of a chosen class',
    body: {
      model: { architecture: 'chapter-deep', conditional: true },
      data: { source: 'mnist' },
      training: { steps: numberStop(1, 100000), batchSize: numberStop(2, 128) },
    },
  },
];
