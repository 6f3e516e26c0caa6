import { numberChoiceStop, numberStop, type Snippet, textChoiceStop } from '../snippet.ts';

/** One model group for each architecture, the quick ones first. */
export const modelSnippets: readonly Snippet[] = [
  {
    label: 'Chapter GAN',
    description: 'Small and quick: dense generator, convolutional discriminator',
    body: { architecture: 'chapter-mlp-conv', latentSize: numberStop(1, 100) },
  },
  {
    label: 'Deep chapter GAN',
    description: 'The deeper chapter networks with class labels',
    body: { architecture: 'chapter-deep', conditional: true },
  },
  {
    label: 'DCGAN',
    description: 'Convolutional generator and discriminator',
    body: { architecture: 'dcgan', latentSize: numberStop(1, 100), baseChannels: numberStop(2, 64) },
  },
  {
    label: 'Conditional DCGAN',
    description: 'Images of a chosen class',
    body: {
      architecture: 'dcgan',
      conditional: true,
      conditioning: textChoiceStop(1, ['concat', 'embedding', 'projection', 'auxiliary-classifier']),
      baseChannels: numberStop(2, 32),
    },
  },
  {
    label: 'Residual GAN',
    description: 'Skip connections, spectral normalisation, hinge loss',
    body: { architecture: 'resnet', baseChannels: numberStop(1, 64) },
  },
  {
    label: 'R3GAN',
    description: 'Residual blocks without normalisation; covers every mode',
    body: { architecture: 'r3gan', latentSize: numberStop(1, 64), baseChannels: numberStop(2, 16) },
  },
  {
    label: 'Progressive growing',
    description: 'From 4×4 pixels to the full size',
    body: { architecture: 'progressive', baseChannels: numberStop(1, 32) },
  },
  {
    label: 'Super-resolution',
    description: 'Enlarges images',
    body: { architecture: 'super-resolution', scale: numberChoiceStop(1, [4, 2]), baseChannels: numberStop(2, 32) },
  },
  {
    label: 'Image to image',
    description: 'Translates edges, grey images or a second folder into images',
    body: { architecture: 'image-to-image', baseChannels: numberStop(1, 32) },
  },
  {
    label: 'Several generators',
    description: 'Generators that share the modes among them (MAD-GAN)',
    body: { architecture: 'dcgan', generators: numberStop(1, 3), baseChannels: numberStop(2, 32) },
  },
  {
    label: 'Variational autoencoder',
    description: 'Stable and quick, softer images',
    body: { architecture: 'vae', latentSize: numberStop(1, 16) },
  },
  {
    label: 'PixelCNN',
    description: 'Pixel by pixel, with an exact likelihood',
    body: { architecture: 'pixelcnn', levels: numberChoiceStop(1, [16, 2, 256]) },
  },
];
