/**
 * R3GAN (Huang et al. 2024, "The GAN is dead; long live the GAN! A Modern Baseline GAN", section 4
 * and appendix). Both networks are chains of residual blocks: 1×1 convolution to twice the width,
 * LeakyReLU, 3×3 convolution in groups of 16 channels, LeakyReLU, 1×1 back, added to the input.
 * Nothing is normalised: as in Fixup (Zhang et al. 2019) the last convolution of a block begins at 0
 * and the others with variance gain² / fanIn, where gain² = 2 / (1 + 0.2²) / √L for L blocks in the
 * network. Resampling is bilinear with a 1×1 convolution where the width changes, on the smaller
 * side. The generator begins with a learned map, each channel multiplied by a linear function of z;
 * the discriminator ends with one learned map a channel, and a linear layer.
 *
 * Changed for size: the paper has two blocks at every resolution and 768 channels at most (CIFAR-10;
 * fewer above 64 pixels); here `blocks` says how many, one by default, and widths are b base channels
 * at full size, 4b at half and 16b below. Grouped convolutions then cost the same at each of these
 * sizes, and the learned map is multiplied by 16b functions of z: with widths of b, 2b and 4b the three
 * channels of stacked MNIST stay alike. The generator ends with tanh, where the paper's output is
 * linear: most pixels of digits and icons are black to the last bit, which a linear map approaches so
 * slowly that the discriminator goes by the haze. Learned maps are 4 to 7 pixels wide, so that 28 is
 * possible. Bilinear resampling has half-pixel centres. The paper conditions by embedding: beside z,
 * and as an inner product with the discriminator's features, which is conditioning "projection".
 */

import { dropped, given, joined, SLOPE } from '../blocks.ts';
import { adversarialOverImages, type ImageSpec } from '../image-architecture.ts';
import type { ConvolutionOptions, Layers } from '../layers.ts';
import { attendsAt, doubledSizes, doubledSizesOnly, doublingsOf, nearestOf } from '../sizes.ts';
import { about } from './about.ts';

const EXPANSION = 2;
const GROUP = 16;
/** Of the width, where the size is halved. */
const GROWTH = 4;
/** In base channels. */
const WIDEST = 16;
const ACTIVATION_GAIN = Math.sqrt(2 / (1 + SLOPE ** 2));

/** Variance gain² / fanIn, no bias. */
const msr = (gain: number) => ({ bias: false, init: 'he-normal', gain: gain * Math.SQRT1_2 }) as const;

interface Stage {
  /** Height and width of the map. */
  readonly size: number;
  readonly width: number;
  readonly blocks: number;
}

/** From the smallest map to the image. */
function stagesOf({ imageSize, baseChannels, blocks }: ImageSpec): Stage[] {
  const { start, doublings } = doublingsOf(imageSize);
  return Array.from({ length: doublings + 1 }, (_, i) => {
    const size = start * 2 ** i;
    const width = baseChannels * Math.min(WIDEST, GROWTH ** (doublings - i));
    return { size, width, blocks };
  });
}

export const r3gan = adversarialOverImages({
  about,
  head: msr(1),

  generator(layers, { latent, condition }, spec) {
    const stages = stagesOf(spec);
    const block = residualBlock(layers, stages);
    const sizes = stages.map(({ size }) => size);
    const z = joined(layers, given(latent, 'z'), condition);
    let x = z;
    for (const [i, { size, width, blocks }] of stages.entries()) {
      const name = `stage_${i + 1}`;
      if (i === 0) {
        const basis = layers.parameter(`${name}/basis`, [size, size, width], 'normal');
        const factors = layers.dense(`${name}/factors`, z, width, msr(1));
        x = layers.mul(basis, layers.reshape(factors, [1, 1, width]));
      } else {
        x = layers.upsample(widened(layers, `${name}/width`, x, width), 'bilinear');
      }
      for (let j = 1; j <= blocks; j++) x = block(`${name}/block_${j}`, x);
      if (spec.selfAttention && attendsAt(size, sizes)) x = layers.selfAttention('attention', x);
    }
    return layers.tanh(layers.conv2d('image', x, spec.channels, 1, 1, msr(1)));
  },

  discriminator(layers, { judged, condition }, spec) {
    const stages = stagesOf(spec).reverse();
    const block = residualBlock(layers, stages);
    const sizes = stages.map(({ size }) => size);
    let x = joined(layers, judged, condition);
    for (const [i, { size, width, blocks }] of stages.entries()) {
      const name = `stage_${i + 1}`;
      x =
        i === 0
          ? layers.conv2d('image', x, width, 1, 1, msr(1))
          : widened(layers, `${name}/width`, layers.downsample(x), width);
      for (let j = 1; j <= blocks; j++) x = block(`${name}/block_${j}`, x);
      x = dropped(layers, x, spec.dropout);
      if (spec.selfAttention && attendsAt(size, sizes)) x = layers.selfAttention('attention', x);
    }
    const { size, width } = stages.at(-1) as Stage;
    const basis = { ...msr(1), groups: width, padding: 'valid' } as const;
    return layers.flatten(layers.conv2d('basis', x, width, size, 1, basis));
  },

  refuses: doubledSizesOnly('r3gan'),
  nearestImageSize: ({ imageSize }) => nearestOf(doubledSizes, imageSize),
});

function residualBlock<V>(layers: Layers<V>, stages: readonly Stage[]): (name: string, x: V) => V {
  const depth = stages.reduce((sum, { blocks }) => sum + blocks, 0);
  const options: ConvolutionOptions = { ...msr(ACTIVATION_GAIN * depth ** -0.25), bias: true };
  return (name, x) => {
    const width = layers.shape(x).at(-1) ?? 0;
    const wide = EXPANSION * width;
    let y = layers.leakyRelu(layers.conv2d(`${name}/expand`, x, wide, 1, 1, options), SLOPE);
    y = layers.conv2d(`${name}/grouped`, y, wide, 3, 1, { ...options, groups: wide / GROUP });
    y = layers.conv2d(`${name}/project`, layers.leakyRelu(y, SLOPE), width, 1, 1, { bias: false, init: 'zeros' });
    return layers.add(x, y);
  };
}

const widened = <V>(layers: Layers<V>, name: string, x: V, width: number): V =>
  layers.shape(x).at(-1) === width ? x : layers.conv2d(name, x, width, 1, 1, msr(1));
