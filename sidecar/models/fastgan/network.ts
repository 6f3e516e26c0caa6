/**
 * FastGAN (Liu et al. 2021, "Towards Faster and Stabilized GAN Training for High-fidelity Few-shot
 * Image Synthesis", section 3), for few images on small machines. The generator has one convolution
 * and one gated linear unit a resolution; skip-layer excitation multiplies the channels of a large map
 * by what a small one says of them. The discriminator halves its map by residual blocks, judges every
 * patch, and must make real images again from its features: a small decoder trains with it on real
 * images alone.
 *
 * Changed for size: the generator starts from a map of 4 to 7 pixels. Widths are those of the authors'
 * program from there on: 16b, 8b, 4b, 2b, 2b, b and b/2 for b base channels. Skips span four doublings,
 * as in the paper, or so many fewer that there are two of them. The discriminator ends at a map of
 * twice the first one's size, and there is one decoder, of the whole image at half its size, compared
 * by mean absolute difference. Left out: the second decoder, of a cropped part, the discriminator's
 * second input at a lower resolution, and the perceptual network that compares images in the authors'
 * program; noise between the layers, which is there and not in the paper.
 */
import type { DiscriminatorInputs, GeneratorInputs, Reconstruction } from '../architecture.ts';
import { dropped, given, joined, keepsBias, SLOPE } from '../blocks.ts';
import { adversarialOverImages, type ImageSpec } from '../image-architecture.ts';
import type { Layers } from '../layers.ts';
import { attendsAt, doubledSizes, doubledSizesOnly, doublingsOf, nearestOf } from '../sizes.ts';
import { about } from './about.ts';

const KERNEL = 3;
const weight = { init: 'normal-0.02' } as const;
/** In base channels, from the first map of the generator on. */
const WIDTHS = [16, 8, 4, 2, 2, 1, 0.5];
/** Of the discriminator, in base channels at a map of this many doublings of the first. */
const WIDEST_JUDGED = 16;
/** Doublings that a skip spans. */
const SPAN = 4;

interface Map {
  /** Height and width, in pixels. */
  readonly size: number;
  readonly width: number;
}

/** The generator's, from the smallest to the image's size. */
function mapsOf({ imageSize, baseChannels }: ImageSpec): readonly Map[] {
  const { start, doublings } = doublingsOf(imageSize);
  return Array.from({ length: doublings + 1 }, (_, i) => ({
    size: start * 2 ** i,
    width: Math.max(1, Math.round((WIDTHS[i] ?? 0) * baseChannels)),
  }));
}

export const fastgan = adversarialOverImages({
  about,
  head: weight,

  generator<V>(layers: Layers<V>, { latent, condition, label }: GeneratorInputs<V>, spec: ImageSpec): V {
    const kind = spec.normalization.generator;
    const options = { ...weight, bias: keepsBias(kind) };
    const all = mapsOf(spec);
    const sizes = all.map(({ size }) => size);
    const span = Math.min(SPAN, all.length - 2);
    const maps: V[] = [];
    const z = joined(layers, given(latent, 'z'), condition);
    for (const [i, { size, width }] of all.entries()) {
      const name = `map_${size}`;
      const before = maps.at(-1);
      const wide =
        before === undefined
          ? layers.reshape(layers.dense(name, z, size * size * 2 * width, options), [size, size, 2 * width])
          : layers.conv2d(name, layers.upsample(before, 'nearest'), 2 * width, KERNEL, 1, options);
      let x = gatedLinear(layers, layers.normalize(`${name}/norm`, wide, kind, label));
      const small = maps[i - span];
      if (small !== undefined) x = layers.mul(x, excitation(layers, `${name}/excitation`, small, sizes[0] ?? 0, width));
      if (spec.selfAttention && attendsAt(size, sizes)) x = layers.selfAttention('attention', x);
      maps.push(x);
    }
    return layers.tanh(layers.conv2d('image', maps.at(-1) as V, spec.channels, KERNEL, 1, weight));
  },

  discriminator<V>(layers: Layers<V>, { judged, condition, label }: DiscriminatorInputs<V>, spec: ImageSpec): V {
    const { doublings } = doublingsOf(spec.imageSize);
    const halvings = doublings - 1;
    const width = (i: number) => spec.baseChannels * Math.max(1, WIDEST_JUDGED / 2 ** (halvings - i));
    const sizes = Array.from({ length: halvings + 1 }, (_, i) => spec.imageSize / 2 ** i);
    let x = layers.leakyRelu(layers.conv2d('image', judged, width(0), KERNEL, 1, weight), SLOPE);
    x = joined(layers, x, condition);
    for (const [i, size] of sizes.entries()) {
      if (i > 0) x = dropped(layers, halved(layers, `block_${i}`, x, width(i), label, spec), spec.dropout);
      if (spec.selfAttention && attendsAt(size, sizes)) x = layers.selfAttention('attention', x);
    }
    return x;
  },

  reconstruct<V>(
    layers: Layers<V>,
    features: V,
    { judged, label }: DiscriminatorInputs<V>,
    spec: ImageSpec,
  ): Reconstruction<V> {
    const kind = spec.normalization.discriminator;
    let x = features;
    for (const { size, width } of mapsOf(spec).slice(2, -1)) {
      const name = `decoder/map_${size}`;
      const options = { ...weight, bias: keepsBias(kind) };
      x = layers.conv2d(name, layers.upsample(x, 'nearest'), 2 * width, KERNEL, 1, options);
      x = gatedLinear(layers, layers.normalize(`${name}/norm`, x, kind, label));
    }
    const channels = layers.shape(judged).at(-1) ?? 0;
    return {
      made: layers.tanh(layers.conv2d('decoder/image', x, channels, KERNEL, 1, weight)),
      wanted: layers.downsample(judged),
    };
  },

  refuses: doubledSizesOnly('fastgan'),
  nearestImageSize: ({ imageSize }) => nearestOf(doubledSizes, imageSize),
});

/** Gated linear unit (Dauphin et al. 2017): one half of the channels times the sigmoid of the other. */
export function gatedLinear<V>(layers: Layers<V>, x: V): V {
  const [signal, gate] = layers.split(x, 2) as [V, V];
  return layers.mul(signal, layers.sigmoid(gate));
}

/**
 * Skip-layer excitation (section 3.1, equation 1): factors from 0 to 1 of `width` channels, [1, 1, width],
 * from a map of any size that is pooled to `pooled` pixels.
 */
export function excitation<V>(layers: Layers<V>, name: string, x: V, pooled: number, width: number): V {
  const factor = (layers.shape(x)[0] ?? 0) / pooled;
  const small = factor === 1 ? x : layers.shrink(x, factor);
  const hidden = layers.conv2d(`${name}/pooled`, small, width, pooled, 1, { ...weight, padding: 'valid' });
  return layers.sigmoid(layers.conv2d(`${name}/factors`, layers.leakyRelu(hidden, SLOPE), width, 1, 1, weight));
}

/** Residual block that halves the map (section 3.2): the mean of two paths, one of them pooled. */
function halved<V>(layers: Layers<V>, name: string, x: V, filters: number, label: V | null, spec: ImageSpec): V {
  const kind = spec.normalization.discriminator;
  const convolution = (part: string, y: V, kernel: number, stride: number): V => {
    const z = layers.conv2d(`${name}/${part}`, y, filters, kernel, stride, { ...weight, bias: keepsBias(kind) });
    return layers.leakyRelu(layers.normalize(`${name}/${part}/norm`, z, kind, label), SLOPE);
  };
  const residual = convolution('conv_2', convolution('conv_1', x, 4, 2), KERNEL, 1);
  const pooled = convolution('pooled', layers.downsample(x), 1, 1);
  return layers.scale(layers.add(residual, pooled), 0.5);
}
