/**
 * Super-resolution GAN (Ledig et al. 2017, "Photo-Realistic Single Image Super-Resolution Using a
 * Generative Adversarial Network", figure 4). The generator works at the low resolution, in residual
 * blocks of two 3×3 convolutions, and enlarges at the end, twice as large each time, by a convolution
 * and a pixel shuffle; the discriminator is a VGG-like chain of 3×3 convolutions that halve and double
 * in turn, and two dense layers.
 *
 * Changed for size: b base channels where the paper has 64, 5 residual blocks by default instead of 16, a first
 * and last kernel of 5 instead of 9, LeakyReLU 0.2 instead of PReLU; the discriminator halves until its
 * map is 4 to 7 pixels wide and its dense layer has 8b units instead of 1024.
 */

import { LARGEST_IMAGE } from '../../terms/image-size.ts';
import { dropped, given, joined, keepsBias, SLOPE } from '../blocks.ts';
import { adversarialOverImages, type ImageSpec } from '../image-architecture.ts';
import { attendsAt, nearestMultiple } from '../sizes.ts';
import { about } from './about.ts';

const OUTER_KERNEL = 5;
const WIDEST = 8;
const SMALLEST = 16;

export const superResolution = adversarialOverImages({
  about,

  reduce: (layers, image, { scale }) => layers.shrink(image, scale),

  generator(layers, { source, condition, label }, spec) {
    const kind = spec.normalization.generator;
    const width = spec.baseChannels;
    const options = { bias: keepsBias(kind) };
    const low = joined(layers, given(source, 'the low-resolution image'), condition);
    const activated = (x: typeof low) => layers.leakyRelu(x, SLOPE);
    const convolved = (name: string, x: typeof low) =>
      layers.normalize(`${name}/norm`, layers.conv2d(name, x, width, 3, 1, options), kind, label);
    const begin = activated(layers.conv2d('begin', low, width, OUTER_KERNEL, 1));
    let x = begin;
    for (let i = 1; i <= spec.blocks; i++) {
      x = layers.add(x, convolved(`block_${i}/conv_2`, activated(convolved(`block_${i}/conv_1`, x))));
    }
    x = layers.add(begin, convolved('end', x));
    if (spec.selfAttention) x = layers.selfAttention('attention', x);
    for (let scale = 2; scale <= spec.scale; scale *= 2) {
      x = activated(layers.pixelShuffle(layers.conv2d(`enlarge_${scale}`, x, 4 * width, 3, 1), 2));
    }
    return layers.tanh(layers.conv2d('image', x, spec.channels, OUTER_KERNEL, 1));
  },

  discriminator(layers, { judged, condition, label }, spec) {
    const halvings = Math.floor(Math.log2(spec.imageSize / 4));
    const sizes = Array.from({ length: halvings }, (_, i) => Math.ceil(spec.imageSize / 2 ** (i + 1)));
    let x = judged;
    for (const [i, size] of sizes.entries()) {
      const filters = spec.baseChannels * Math.min(WIDEST, 2 ** i);
      for (const stride of [1, 2]) {
        const name = `conv_${2 * i + stride}`;
        const kind = name === 'conv_1' ? 'none' : spec.normalization.discriminator;
        if (name === 'conv_2') x = joined(layers, x, condition);
        x = layers.conv2d(name, x, filters, 3, stride, { bias: keepsBias(kind) });
        x = layers.leakyRelu(layers.normalize(`${name}/norm`, x, kind, label), SLOPE);
      }
      x = dropped(layers, x, spec.dropout);
      if (spec.selfAttention && attendsAt(size, sizes)) x = layers.selfAttention('attention', x);
    }
    return layers.leakyRelu(layers.dense('dense', layers.flatten(x), WIDEST * spec.baseChannels), SLOPE);
  },

  refuses: scaledSizesOnly,
  nearestImageSize: ({ imageSize, scale }) => nearestMultiple(imageSize, scale, SMALLEST, LARGEST_IMAGE),
});

function scaledSizesOnly({ imageSize, scale }: ImageSpec): string | null {
  return imageSize % scale === 0 && imageSize >= SMALLEST && imageSize <= LARGEST_IMAGE
    ? null
    : `super-resolution makes its low images ${scale} times smaller, so the image size must be a multiple of ${scale} from ${SMALLEST} to ${LARGEST_IMAGE}; ${imageSize} is not`;
}
