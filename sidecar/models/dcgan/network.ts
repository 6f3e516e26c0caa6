/**
 * Deep convolutional GAN (Radford, Metz and Chintala 2015): 5×5 kernels, strides instead of pooling,
 * batch normalisation everywhere but at the generator's output and the discriminator's input,
 * ReLU in the generator, LeakyReLU 0.2 in the discriminator, weights from N(0, 0.02²).
 *
 * Changed for size: the generator starts from a map of 4 to 7 pixels, doubled to the image. With b
 * base channels the widths are 4b-2b-b for three maps and 8b-4b-2b-b, as in the paper, for four;
 * larger images get more maps of 8b. Below 32 pixels the first convolution does not upsample.
 * Conditional (Mirza and Osindero 2014): the label joins z, and the maps of the discriminator's
 * first convolution as one constant map a class (beside the image itself it would cost the most).
 */

import { dropped, given, joined, keepsBias, SLOPE } from '../blocks.ts';
import { adversarialOverImages } from '../image-architecture.ts';
import { attendsAt, doubledSizes, doubledSizesOnly, doublingsOf, nearestOf } from '../sizes.ts';
import { about } from './about.ts';

const KERNEL = 5;
const weight = { init: 'normal-0.02' } as const;

interface Plan {
  /** Height and width of the generator's first map. */
  readonly start: number;
  /** Width of each map from the generator's first to its last before the image, in base channels. */
  readonly widths: readonly number[];
  /** Height and width of each of these maps. */
  readonly sizes: readonly number[];
  /** Stride of each of the generator's transposed convolutions; the last makes the image. */
  readonly strides: readonly number[];
}

const FEWEST_MAPS = 3;
const WIDEST = 8;

function plan(imageSize: number): Plan {
  const { start, doublings } = doublingsOf(imageSize);
  const maps = Math.max(FEWEST_MAPS, doublings);
  /** First convolutions that keep the size. */
  const kept = maps - doublings;
  const indices = Array.from({ length: maps }, (_, i) => i);
  return {
    start,
    widths: indices.map((i) => Math.min(WIDEST, 2 ** (maps - 1 - i))),
    sizes: indices.map((i) => start * 2 ** Math.max(0, i - kept)),
    strides: indices.map((i) => (i < kept ? 1 : 2)),
  };
}

export const dcgan = adversarialOverImages({
  about,
  head: weight,

  generator(layers, inputs, { imageSize, channels, baseChannels, normalization, selfAttention }) {
    const { start, widths, strides, sizes } = plan(imageSize);
    const [first = 0, ...rest] = widths.map((width) => width * baseChannels);
    const options = { ...weight, bias: keepsBias(normalization.generator) };
    let x = joined(layers, given(inputs.latent, 'z'), inputs.condition);
    const activated = (i: number, y: typeof x) => {
      const z = layers.relu(layers.normalize(`norm_${i + 1}`, y, normalization.generator, inputs.label));
      // Where the first convolution does not upsample, two maps have this size: the later one has seen more.
      const attends = selfAttention && sizes.lastIndexOf(nearestOf(sizes, 16)) === i;
      return attends ? layers.selfAttention('attention', z) : z;
    };
    x = layers.dense('dense_1', x, start * start * first, options);
    x = activated(0, layers.reshape(x, [start, start, first]));
    for (const [i, filters] of rest.entries()) {
      x = activated(i + 1, layers.conv2dTranspose(`conv_${i + 1}`, x, filters, KERNEL, strides[i] ?? 2, options));
    }
    const image = `conv_${rest.length + 1}`;
    return layers.tanh(layers.conv2dTranspose(image, x, channels, KERNEL, strides.at(-1) ?? 2, weight));
  },

  discriminator(layers, { judged, condition, label }, spec) {
    const { imageSize, baseChannels, normalization, selfAttention, dropout } = spec;
    const widths = plan(imageSize)
      .widths.map((width) => width * baseChannels)
      .reverse();
    const sizes = widths.map((_, i) => Math.ceil(imageSize / 2 ** (i + 1)));
    let x = judged;
    for (const [i, filters] of widths.entries()) {
      const kind = i === 0 ? 'none' : normalization.discriminator;
      if (i === 1) x = joined(layers, x, condition);
      x = layers.conv2d(`conv_${i + 1}`, x, filters, KERNEL, 2, { ...weight, bias: keepsBias(kind) });
      x = layers.normalize(`norm_${i + 1}`, x, kind, label);
      x = dropped(layers, layers.leakyRelu(x, SLOPE), dropout);
      if (selfAttention && attendsAt(sizes[i] ?? 0, sizes)) x = layers.selfAttention('attention', x);
    }
    return layers.flatten(x);
  },

  refuses: doubledSizesOnly('dcgan'),
  nearestImageSize: ({ imageSize }) => nearestOf(doubledSizes, imageSize),
});
