/**
 * Progressive growing (Karras et al. 2018, "Progressive Growing of GANs for Improved Quality,
 * Stability, and Variation", section 2 and table 2): both networks begin at 4×4 pixels, and each
 * doubling fades in. Learning rates are equalised, the generator normalises z and every pixel's
 * features, the discriminator sees the standard deviation over its batch; nearest neighbours up,
 * averages down. Outputs are linear.
 *
 * At `spec.resolution` the networks consist of the layers up to it, so that all stages share their
 * weights by name. While the resolution fades in (`fade`), the generator blends its image with the
 * enlarged one of the resolution before, the discriminator its features with those of the halved image.
 *
 * Changed for size: b base channels at full size, doubled with each halving to at most 8b (the paper:
 * 16 at 1024 pixels, at most 512). The label's map joins the discriminator at 4×4, which every stage has.
 */
import type { DiscriminatorInputs, GeneratorInputs } from '../architecture.ts';
import { dropped, given, joined, SLOPE } from '../blocks.ts';
import { standardDeviation } from '../heads.ts';
import { adversarialOverImages, type ImageSpec } from '../image-architecture.ts';
import type { Layers } from '../layers.ts';
import { attendsAt, nearestOf } from '../sizes.ts';
import { about } from './about.ts';

const FIRST = 4;
const SIZES = [16, 32, 64, 128, 256];
const WIDEST = 8;

const equalized = { equalized: true } as const;
/** √(2 / fanIn) is for what goes into a LeakyReLU; linear layers have √(1 / fanIn). */
const linear = { ...equalized, gain: Math.SQRT1_2 } as const;
/** The paper's program gives the first layer a quarter of the usual factor. */
const first = { ...equalized, gain: 0.25 } as const;

const resolutions = ({ imageSize }: Pick<ImageSpec, 'imageSize'>): number[] =>
  Array.from({ length: Math.log2(imageSize / FIRST) + 1 }, (_, i) => FIRST * 2 ** i);

const widthAt = (size: number, { imageSize, baseChannels }: ImageSpec): number =>
  baseChannels * Math.min(WIDEST, imageSize / size);

export const progressive = adversarialOverImages({
  about,
  head: linear,
  seesBatch: true,
  resolutions,

  /** While a resolution fades in, real images lose its details in part, as generated ones do (figure 2). */
  atStage<V>(layers: Layers<V>, image: V, fade: V | null, { imageSize, resolution }: ImageSpec): V {
    const shrunk = layers.shrink(image, imageSize / resolution);
    if (fade === null) return shrunk;
    const coarse = layers.upsample(layers.shrink(shrunk, 2), 'nearest');
    return layers.add(coarse, layers.mul(fade, layers.add(shrunk, layers.scale(coarse, -1))));
  },

  generator<V>(layers: Layers<V>, inputs: GeneratorInputs<V>, spec: ImageSpec): V {
    const { latent, condition, fade } = inputs;
    const sizes = resolutions(spec);
    const width = widthAt(FIRST, spec);
    const toImage = (size: number, x: V) => layers.conv2d(`image_${size}`, x, spec.channels, 1, 1, linear);
    const z = layers.normalize('z', joined(layers, given(latent, 'z'), condition), 'pixel');
    let x = layers.dense('dense', z, FIRST * FIRST * width, first);
    x = activated(layers, 'dense/norm', layers.reshape(x, [FIRST, FIRST, width]), inputs, spec);
    let before: V | null = null;
    for (const size of sizes.filter((each) => each <= spec.resolution)) {
      const name = `block_${size}`;
      if (size > FIRST) {
        if (size === spec.resolution && fade !== null) before = layers.upsample(toImage(size / 2, x), 'nearest');
        x = convolved(layers, `${name}/conv_1`, layers.upsample(x, 'nearest'), widthAt(size, spec), inputs, spec);
      }
      x = convolved(layers, `${name}/conv_2`, x, widthAt(size, spec), inputs, spec);
      if (spec.selfAttention && attendsAt(size, sizes)) x = layers.selfAttention('attention', x);
    }
    const image = toImage(spec.resolution, x);
    return before === null || fade === null ? image : layers.blend(before, image, fade);
  },

  discriminator<V>(layers: Layers<V>, { judged, condition, label, fade }: DiscriminatorInputs<V>, spec: ImageSpec): V {
    const kind = spec.normalization.discriminator;
    const sizes = resolutions(spec);
    const convolution = (name: string, x: V, filters: number): V => {
      const y = layers.conv2d(name, x, filters, 3, 1, equalized);
      return layers.leakyRelu(layers.normalize(`${name}/norm`, y, kind, label), SLOPE);
    };
    const fromImage = (size: number, x: V) =>
      layers.leakyRelu(layers.conv2d(`image_${size}`, x, widthAt(size, spec), 1, 1, equalized), SLOPE);
    let x = fromImage(spec.resolution, judged);
    for (const size of sizes.filter((each) => each > FIRST && each <= spec.resolution).reverse()) {
      const name = `block_${size}`;
      if (spec.selfAttention && attendsAt(size, sizes)) x = layers.selfAttention('attention', x);
      x = convolution(`${name}/conv_1`, x, widthAt(size, spec));
      x = layers.downsample(convolution(`${name}/conv_2`, x, widthAt(size / 2, spec)));
      x = dropped(layers, x, spec.dropout);
      if (size === spec.resolution && fade !== null) {
        x = layers.blend(fromImage(size / 2, layers.downsample(judged)), x, fade);
      }
    }
    if (spec.minibatch === 'standard-deviation') x = standardDeviation(layers, x);
    x = convolution(`block_${FIRST}/conv_1`, joined(layers, x, condition), widthAt(FIRST, spec));
    x = layers.dense('dense', layers.flatten(x), widthAt(FIRST, spec), equalized);
    return layers.leakyRelu(x, SLOPE);
  },

  refuses: powersOfTwoOnly,
  nearestImageSize: ({ imageSize }) => nearestOf(SIZES, imageSize),
});

function convolved<V>(
  layers: Layers<V>,
  name: string,
  x: V,
  filters: number,
  inputs: GeneratorInputs<V>,
  spec: ImageSpec,
): V {
  return activated(layers, `${name}/norm`, layers.conv2d(name, x, filters, 3, 1, equalized), inputs, spec);
}

/** In this generator normalisation comes after the activation. */
const activated = <V>(layers: Layers<V>, name: string, x: V, { label }: GeneratorInputs<V>, spec: ImageSpec): V =>
  layers.normalize(name, layers.leakyRelu(x, SLOPE), spec.normalization.generator, label);

function powersOfTwoOnly({ imageSize }: ImageSpec): string | null {
  return SIZES.includes(imageSize)
    ? null
    : `progressive doubles a map of ${FIRST} pixels again and again, so the image size must be a power of two (${SIZES.join(', ')}); ${imageSize} is not`;
}
