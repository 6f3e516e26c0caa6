/**
 * Deep convolutional GAN (Radford, Metz and Chintala 2015): 5×5 kernels, strides instead of pooling,
 * batch normalisation everywhere but at the generator's output and the discriminator's input,
 * ReLU in the generator, LeakyReLU 0.2 in the discriminator, weights from N(0, 0.02²).
 *
 * With b base channels the widths are 4b-2b-b, one more doubling at 64 pixels. A generator starts
 * from 4×4 (7×7 for 28 pixels, whose first layer therefore does not upsample). Conditional
 * (Mirza and Osindero 2014): the one-hot label joins z, and the maps of the discriminator's
 * first convolution as one constant map a class (beside the image itself it would cost the most).
 */
import type { Architecture } from './layers.ts';

const KERNEL = 5;
const SLOPE = 0.2;
const weight = { init: 'normal-0.02' } as const;
/** A shift before batch normalisation has no effect, so there is no bias there. */
const normalisedWeight = { ...weight, bias: false } as const;

interface Plan {
  /** Height and width of the generator's first map. */
  readonly start: number;
  /** Width of each map from the generator's first to its last before the image, in base channels. */
  readonly widths: readonly number[];
  /** Stride of each of the generator's transposed convolutions; the last makes the image. */
  readonly strides: readonly number[];
}

const PLANS: Readonly<Record<number, Plan>> = {
  28: { start: 7, widths: [4, 2, 1], strides: [1, 2, 2] },
  32: { start: 4, widths: [4, 2, 1], strides: [2, 2, 2] },
  64: { start: 4, widths: [8, 4, 2, 1], strides: [2, 2, 2, 2] },
};
const SIZES = Object.keys(PLANS).map(Number);

export const dcgan: Architecture = {
  generator(layers, z, label, { imageSize, channels, baseChannels }) {
    const { start, widths, strides } = plan(imageSize);
    const [first = 0, ...rest] = widths.map((width) => width * baseChannels);
    let x = label === null ? z : layers.concat([z, label]);
    x = layers.dense('dense_1', x, start * start * first, normalisedWeight);
    x = layers.relu(layers.batchNorm('norm_1', layers.reshape(x, [start, start, first])));
    for (const [i, filters] of rest.entries()) {
      x = layers.conv2dTranspose(`conv_${i + 1}`, x, filters, KERNEL, strides[i] ?? 2, normalisedWeight);
      x = layers.relu(layers.batchNorm(`norm_${i + 2}`, x));
    }
    const image = `conv_${rest.length + 1}`;
    return layers.tanh(layers.conv2dTranspose(image, x, channels, KERNEL, strides.at(-1) ?? 2, weight));
  },

  discriminator(layers, image, label, { imageSize, baseChannels }) {
    const widths = plan(imageSize)
      .widths.map((width) => width * baseChannels)
      .reverse();
    let x = image;
    for (const [i, filters] of widths.entries()) {
      if (i === 1 && label !== null) x = layers.concat([x, label]);
      const name = `conv_${i + 1}`;
      x =
        i === 0
          ? layers.conv2d(name, x, filters, KERNEL, 2, weight)
          : layers.batchNorm(`norm_${i + 1}`, layers.conv2d(name, x, filters, KERNEL, 2, normalisedWeight));
      x = layers.leakyRelu(x, SLOPE);
    }
    return layers.dense('dense_1', layers.flatten(x), 1, weight);
  },

  refuses: ({ imageSize }) =>
    imageSize in PLANS ? null : `dcgan makes images of ${SIZES.join(', ')} pixels; ${imageSize} is none of them`,
  nearestImageSize: (imageSize) =>
    SIZES.reduce((best, size) => (Math.abs(size - imageSize) < Math.abs(best - imageSize) ? size : best)),
};

function plan(imageSize: number): Plan {
  const found = PLANS[imageSize];
  if (!found) throw new RangeError(`dcgan has no plan for ${imageSize} pixels`);
  return found;
}
