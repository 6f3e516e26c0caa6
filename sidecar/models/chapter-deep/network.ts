/**
 * The GAN of the textbook chapter's prose: a generator of five dense and five convolutional layers,
 * a discriminator of five convolutional and two dense layers, one-hot labels. The chapter gives no
 * widths; these double towards the image's middle resolution and keep the full resolution narrow,
 * where each filter costs most.
 *
 * The dense layers lay out a map of a quarter of the image's size; two of the five convolutions are
 * transposed with stride 2 and bring it to full size, the others refine what they made. The label
 * joins z, and the maps of the discriminator's first convolution as one constant map a class. The
 * discriminator's second dense layer is its head.
 */

import { dropped, given, joined, keepsBias, SLOPE } from '../blocks.ts';
import { adversarialOverImages, type ImageSpec } from '../image-architecture.ts';
import { attendsAt, nearestMultiple } from '../sizes.ts';
import { about } from './about.ts';

const UPSAMPLING = 4;

export const chapterDeep = adversarialOverImages({
  about,

  generator(layers, { latent, condition, label }, { imageSize, channels, normalization, selfAttention }) {
    const start = imageSize / UPSAMPLING;
    const options = { bias: keepsBias(normalization.generator) };
    let x = joined(layers, given(latent, 'z'), condition);
    const normalised = (name: string, y: typeof x) =>
      layers.leakyRelu(layers.normalize(`${name}/norm`, y, normalization.generator, label), SLOPE);
    for (const [i, units] of [128, 256, 256, 512, start * start * 64].entries()) {
      const name = `dense_${i + 1}`;
      x = normalised(name, layers.dense(name, x, units, options));
    }
    x = layers.reshape(x, [start, start, 64]);
    x = normalised('conv_1', layers.conv2d('conv_1', x, 128, 3, 1, options));
    x = normalised('conv_2', layers.conv2dTranspose('conv_2', x, 64, 4, 2, options));
    if (selfAttention) x = layers.selfAttention('attention', x);
    x = normalised('conv_3', layers.conv2d('conv_3', x, 64, 3, 1, options));
    x = normalised('conv_4', layers.conv2dTranspose('conv_4', x, 32, 4, 2, options));
    return layers.tanh(layers.conv2d('conv_5', x, channels, 3, 1));
  },

  discriminator(layers, { judged, condition, label }, { imageSize, normalization, dropout, selfAttention }) {
    const half = Math.ceil(imageSize / 2);
    const quarter = Math.ceil(half / 2);
    const attended = attendsAt(half, [half, quarter]) ? 1 : 3;
    let x = judged;
    for (const [i, [filters, stride]] of CONVOLUTIONS.entries()) {
      const kind = i === 0 ? 'none' : normalization.discriminator;
      if (i === 1) x = joined(layers, x, condition);
      x = layers.conv2d(`conv_${i + 1}`, x, filters, 3, stride, { bias: keepsBias(kind) });
      x = layers.normalize(`norm_${i + 1}`, x, kind, label);
      x = dropped(layers, layers.leakyRelu(x, SLOPE), dropout);
      if (selfAttention && i === attended) x = layers.selfAttention('attention', x);
    }
    return layers.leakyRelu(layers.dense('dense_1', layers.flatten(x), 128), SLOPE);
  },

  refuses: fittingSize,
  nearestImageSize: ({ imageSize }) => nearestMultiple(imageSize, UPSAMPLING),
});

/** Filters and stride of the discriminator's convolutions. */
const CONVOLUTIONS = [
  [32, 2],
  [64, 1],
  [64, 2],
  [128, 1],
  [128, 2],
] as const;

function fittingSize({ imageSize }: ImageSpec): string | null {
  return imageSize % UPSAMPLING === 0
    ? null
    : `chapter-deep doubles its image twice, so the image size must be a multiple of ${UPSAMPLING}; ${imageSize} is not`;
}
