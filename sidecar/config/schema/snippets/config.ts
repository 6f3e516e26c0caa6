import { numberChoiceStop, numberStop, type Snippet, textChoiceStop, textStop } from '../snippet.ts';

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
    description: 'DCGAN on PNG, JPEG, WebP or other images',
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
  {
    label: 'R3GAN on a folder of images',
    description: 'Stable, covers every mode; slower than DCGAN',
    body: {
      model: { architecture: 'r3gan', baseChannels: numberStop(1, 16) },
      data: { source: 'folder', path: textStop(2, './images'), imageSize: numberChoiceStop(3, [32, 64]) },
      training: { steps: numberStop(4, 10000), batchSize: numberStop(5, 64) },
    },
  },
  {
    label: 'Super-resolution on a folder of images',
    description: 'Enlarges images; the pairs are made from them',
    body: {
      model: { architecture: 'super-resolution', scale: numberChoiceStop(1, [4, 2]), baseChannels: numberStop(2, 32) },
      data: { source: 'folder', path: textStop(3, './images'), imageSize: numberChoiceStop(4, [64, 128]) },
      training: { steps: numberStop(5, 10000) },
    },
  },
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
  {
    label: 'VAE on MNIST',
    description: 'A variational autoencoder: stable and quick',
    body: {
      model: { architecture: 'vae', latentSize: numberStop(1, 16) },
      data: { source: textChoiceStop(2, ['mnist', 'fashion-mnist']) },
      training: { epochs: numberStop(3, 10) },
    },
  },
  {
    label: 'PixelCNN on MNIST',
    description: 'Pixel by pixel, with an exact likelihood',
    body: {
      model: { architecture: 'pixelcnn', levels: numberChoiceStop(1, [16, 2]) },
      data: { source: textChoiceStop(2, ['mnist', 'fashion-mnist']) },
      training: { epochs: numberStop(3, 10) },
    },
  },
];
