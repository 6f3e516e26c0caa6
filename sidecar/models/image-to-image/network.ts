/**
 * Image-to-image translation (Isola et al. 2017, "Image-to-Image Translation with Conditional
 * Adversarial Networks", pix2pix, appendix 6.1). The generator is a U-Net: 4×4 convolutions of stride 2
 * down to the smallest map, transposed ones up, each beside the map of its size on the way down;
 * dropout after the first three on the way up is all the noise there is. The discriminator judges the
 * image beside the input, patch by patch. Weights begin as N(0, 0.02²).
 *
 * Changed for size: the map is halved while its size is even (the paper: 256 pixels, eight times), and
 * patches are those of the paper's PatchGANs of 70, 34 or 16 pixels, from 128 and 48 pixels on and below.
 * The innermost map is not normalised, as it may be a single pixel. `dropout` is the generator's and,
 * like everywhere here, active while training only.
 */

import { LARGEST_IMAGE } from '../../terms/image-size.ts';
import { dropped, given, joined, keepsBias, SLOPE } from '../blocks.ts';
import { adversarialOverImages, type ImageSpec } from '../image-architecture.ts';
import { attendsAt, nearestMultiple } from '../sizes.ts';
import { about } from './about.ts';

const KERNEL = 4;
const WIDEST = 8;
const SMALLEST = 16;
/** The size must halve at least this often, to even numbers but the last. */
const FEWEST_HALVINGS = 2;
/** Layers on the way up that have dropout. */
const DROPPED = 3;
const weight = { init: 'normal-0.02' } as const;

const halvingsOf = (imageSize: number): number => {
  let halvings = 0;
  while (imageSize % 2 ** (halvings + 1) === 0) halvings++;
  return halvings;
};

const patchLayersOf = (imageSize: number): number => (imageSize >= 128 ? 3 : imageSize >= 48 ? 2 : 1);

export const imageToImage = adversarialOverImages({
  about,
  head: weight,

  generator(layers, { source, condition, label }, spec) {
    const halvings = halvingsOf(spec.imageSize);
    const kind = spec.normalization.generator;
    const width = (i: number) => spec.baseChannels * Math.min(WIDEST, 2 ** i);
    const sizes = Array.from({ length: halvings }, (_, i) => spec.imageSize / 2 ** (i + 1));
    let x = joined(layers, given(source, 'the input image'), condition);
    const way: (typeof x)[] = [];
    for (const [i, size] of sizes.entries()) {
      const name = `down_${i + 1}`;
      const norm = i === 0 || i === halvings - 1 ? 'none' : kind;
      x = layers.conv2d(name, i === 0 ? x : layers.leakyRelu(x, SLOPE), width(i), KERNEL, 2, {
        ...weight,
        bias: keepsBias(norm),
      });
      x = layers.normalize(`${name}/norm`, x, norm, label);
      if (spec.selfAttention && attendsAt(size, sizes)) x = layers.selfAttention('attention', x);
      way.push(x);
    }
    for (let i = halvings - 1; i > 0; i--) {
      const name = `up_${i}`;
      x = layers.conv2dTranspose(name, layers.relu(x), width(i - 1), KERNEL, 2, { ...weight, bias: keepsBias(kind) });
      x = layers.normalize(`${name}/norm`, x, kind, label);
      if (halvings - i <= DROPPED) x = dropped(layers, x, spec.dropout);
      x = joined(layers, x, way[i - 1] ?? null);
    }
    return layers.tanh(layers.conv2dTranspose('image', layers.relu(x), spec.channels, KERNEL, 2, weight));
  },

  discriminator(layers, { judged, source, condition, label }, spec) {
    const strided = patchLayersOf(spec.imageSize);
    const sizes = Array.from({ length: strided }, (_, i) => Math.ceil(spec.imageSize / 2 ** (i + 1)));
    let x = layers.concat([judged, given(source, 'the input image')]);
    for (let i = 0; i <= strided; i++) {
      const name = `conv_${i + 1}`;
      const kind = i === 0 ? 'none' : spec.normalization.discriminator;
      if (i === 1) x = joined(layers, x, condition);
      x = layers.conv2d(name, x, spec.baseChannels * 2 ** i, KERNEL, i < strided ? 2 : 1, {
        ...weight,
        bias: keepsBias(kind),
      });
      x = layers.leakyRelu(layers.normalize(`${name}/norm`, x, kind, label), SLOPE);
      if (spec.selfAttention && attendsAt(sizes[i] ?? 0, sizes)) x = layers.selfAttention('attention', x);
    }
    return x;
  },

  refuses: halvableSizesOnly,
  nearestImageSize: ({ imageSize }) => nearestMultiple(imageSize, 2 ** FEWEST_HALVINGS, SMALLEST, LARGEST_IMAGE),
});

function halvableSizesOnly({ imageSize }: ImageSpec): string | null {
  const factor = 2 ** FEWEST_HALVINGS;
  return imageSize % factor === 0 && imageSize >= SMALLEST && imageSize <= LARGEST_IMAGE
    ? null
    : `image-to-image halves its image at least ${FEWEST_HALVINGS} times, so the image size must be a multiple of ${factor} from ${SMALLEST} to ${LARGEST_IMAGE}; ${imageSize} is not`;
}
