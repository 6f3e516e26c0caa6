/**
 * The GAN of the textbook chapter's code: a dense generator against a convolutional discriminator.
 * Conditional (Mirza and Osindero 2014): the one-hot label joins z, and the maps of the
 * discriminator's first convolution as one constant map a class.
 */
import type { Architecture } from './layers.ts';

const SLOPE = 0.2;
const DROPOUT = 0.25;

export const chapterMlpConv: Architecture = {
  generator(layers, z, label, { imageSize, channels }) {
    let x = label === null ? z : layers.concat([z, label]);
    for (const [i, units] of [256, 512].entries()) {
      x = layers.dense(`dense_${i + 1}`, x, units);
      x = layers.batchNorm(`norm_${i + 1}`, x);
      x = layers.leakyRelu(x, SLOPE);
    }
    x = layers.tanh(layers.dense('dense_3', x, imageSize * imageSize * channels));
    return layers.reshape(x, [imageSize, imageSize, channels]);
  },

  discriminator(layers, image, label) {
    let x = image;
    for (const [i, filters] of [64, 128].entries()) {
      if (i === 1 && label !== null) x = layers.concat([x, label]);
      x = layers.conv2d(`conv_${i + 1}`, x, filters, 3, 2);
      x = layers.leakyRelu(x, SLOPE);
      x = layers.dropout(x, DROPOUT);
    }
    return layers.dense('dense_1', layers.flatten(x), 1);
  },

  refuses: () => null,
  nearestImageSize: (imageSize) => imageSize,
};
