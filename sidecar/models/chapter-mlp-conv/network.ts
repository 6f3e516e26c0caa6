/**
 * The GAN of the textbook chapter's code: a dense generator against a convolutional discriminator.
 * Conditional (Mirza and Osindero 2014): the label joins z, and the maps of the discriminator's
 * first convolution as one constant map a class.
 */

import { dropped, given, joined, SLOPE } from '../blocks.ts';
import { adversarialOverImages } from '../image-architecture.ts';
import { about } from './about.ts';

export const chapterMlpConv = adversarialOverImages({
  about,

  generator(layers, { latent, condition, label }, { imageSize, channels, normalization }) {
    let x = joined(layers, given(latent, 'z'), condition);
    for (const [i, units] of [256, 512].entries()) {
      x = layers.dense(`dense_${i + 1}`, x, units);
      x = layers.normalize(`norm_${i + 1}`, x, normalization.generator, label);
      x = layers.leakyRelu(x, SLOPE);
    }
    x = layers.tanh(layers.dense('dense_3', x, imageSize * imageSize * channels));
    return layers.reshape(x, [imageSize, imageSize, channels]);
  },

  discriminator(layers, { judged, condition, label }, { normalization, dropout }) {
    let x = judged;
    for (const [i, filters] of [64, 128].entries()) {
      if (i === 1) x = joined(layers, x, condition);
      x = layers.conv2d(`conv_${i + 1}`, x, filters, 3, 2);
      if (i > 0) x = layers.normalize(`norm_${i + 1}`, x, normalization.discriminator, label);
      x = dropped(layers, layers.leakyRelu(x, SLOPE), dropout);
    }
    return layers.flatten(x);
  },

  refuses: () => null,
});
