/**
 * The GAN of the textbook chapter's prose: a generator of five dense and five convolutional layers,
 * a discriminator of five convolutional and two dense layers, one-hot labels. The chapter gives no
 * widths; these double towards the image's middle resolution and keep the full resolution narrow,
 * where each filter costs most.
 *
 * The dense layers lay out a map of a quarter of the image's size; two of the five convolutions are
 * transposed with stride 2 and bring it to full size, the others refine what they made. The label joins z, and the maps of the discriminator's first
 * convolution as one constant map a class.
 */
import type { Architecture } from './layers.ts';

const SLOPE = 0.2;
const DROPOUT = 0.25;
const UPSAMPLING = 4;

export const chapterDeep: Architecture = {
  generator(layers, z, label, { imageSize, channels }) {
    const start = imageSize / UPSAMPLING;
    const normalised = (name: string, x: typeof z) => layers.leakyRelu(layers.batchNorm(`${name}/norm`, x), SLOPE);
    let x = label === null ? z : layers.concat([z, label]);
    for (const [i, units] of [128, 256, 256, 512, start * start * 64].entries()) {
      const name = `dense_${i + 1}`;
      x = normalised(name, layers.dense(name, x, units, { bias: false }));
    }
    x = layers.reshape(x, [start, start, 64]);
    x = normalised('conv_1', layers.conv2d('conv_1', x, 128, 3, 1, { bias: false }));
    x = normalised('conv_2', layers.conv2dTranspose('conv_2', x, 64, 4, 2, { bias: false }));
    x = normalised('conv_3', layers.conv2d('conv_3', x, 64, 3, 1, { bias: false }));
    x = normalised('conv_4', layers.conv2dTranspose('conv_4', x, 32, 4, 2, { bias: false }));
    return layers.tanh(layers.conv2d('conv_5', x, channels, 3, 1));
  },

  discriminator(layers, image, label) {
    let x = image;
    for (const [i, [filters, stride]] of CONVOLUTIONS.entries()) {
      if (i === 1 && label !== null) x = layers.concat([x, label]);
      x = layers.conv2d(`conv_${i + 1}`, x, filters, 3, stride);
      x = layers.dropout(layers.leakyRelu(x, SLOPE), DROPOUT);
    }
    x = layers.leakyRelu(layers.dense('dense_1', layers.flatten(x), 128), SLOPE);
    return layers.dense('dense_2', x, 1);
  },

  refuses: ({ imageSize }) =>
    imageSize % UPSAMPLING === 0
      ? null
      : `chapter-deep doubles its image twice, so the image size must be a multiple of ${UPSAMPLING}; ${imageSize} is not`,
  nearestImageSize: (imageSize) => Math.max(UPSAMPLING, Math.round(imageSize / UPSAMPLING) * UPSAMPLING),
};

/** Filters and stride of the discriminator's convolutions. */
const CONVOLUTIONS = [
  [32, 2],
  [64, 1],
  [64, 2],
  [128, 1],
  [128, 2],
] as const;
