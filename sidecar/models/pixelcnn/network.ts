/**
 * Gated PixelCNN (van den Oord et al. 2016, "Conditional Image Generation with PixelCNN Decoders"):
 * the image is a sequence of pixels in raster order, channels innermost, and the network gives each
 * the distribution that follows from those before it.
 *
 * A vertical stack sees all rows above, a horizontal stack the pixels to the left and the vertical
 * stack, so that there is no blind spot. Here both stacks shift the image once, by a row and by a
 * pixel, after which nothing needs a mask: every convolution may look at where it stands. The
 * channels of one pixel follow each other in a head of 1×1 convolutions, where the paper masks
 * groups of features. A bias for each row and column tells the small network where it is, as the
 * paper's location-dependent bias does (equation 5).
 */

import { LARGEST_IMAGE } from '../../terms/image-size.ts';
import { autoregressiveOverImages, type ImageSpec } from '../image-architecture.ts';
import type { Layers } from '../layers.ts';
import { about } from './about.ts';

/** Width of the first layer's filter, and of those after it. */
const FIRST_KERNEL = 7;
const KERNEL = 5;
/** Gated layers after the first. */
const LAYERS = 5;
const SMALLEST_IMAGE = 16;

export const pixelcnn = autoregressiveOverImages({
  about,

  rows: verticalStack,
  positions: horizontalStack,
  value: channelLogits,

  refuses({ imageSize }) {
    if (Number.isInteger(imageSize) && imageSize >= SMALLEST_IMAGE && imageSize <= LARGEST_IMAGE) return null;
    return `pixelcnn makes images of ${SMALLEST_IMAGE} to ${LARGEST_IMAGE} pixels, not ${imageSize}`;
  },
  nearestImageSize: ({ imageSize }) => Math.min(LARGEST_IMAGE, Math.max(SMALLEST_IMAGE, Math.round(imageSize))),
});

/** What each gated layer's vertical half passes to its horizontal one, [h, w, 2 · baseChannels] each. */
function verticalStack<V>(layers: Layers<V>, image: V, condition: V | null, spec: ImageSpec): V[] {
  let v = layers.shift(image, 1, 0);
  return kernels.map((kernel, i) => {
    const name = `vertical_${i + 1}`;
    const filters = 2 * spec.baseChannels;
    const height = (kernel + (i === 0 ? -1 : 1)) / 2;
    const seen = layers.conv2d(name, v, filters, [height, kernel], 1, { padding: 'causal-rows' });
    const wide = i === 0 ? placed(layers, seen, spec) : seen;
    // Nothing comes after the last one.
    if (i < LAYERS) v = gate(layers, name, wide, condition, spec);
    return layers.conv2d(`${name}_to_horizontal`, wide, filters, 1, 1, { bias: false });
  });
}

/** Adds what is learned of each row and each column, whatever the image. */
function placed<V>(layers: Layers<V>, x: V, { imageSize, baseChannels }: ImageSpec): V {
  const rows = layers.parameter('rows', [imageSize, 1, 2 * baseChannels], 'zeros');
  const columns = layers.parameter('columns', [1, imageSize, 2 * baseChannels], 'zeros');
  return layers.add(layers.add(x, rows), columns);
}

/** Features of every pixel's past, [h, w, baseChannels], from the image and `verticals` of the same places. */
function horizontalStack<V>(
  layers: Layers<V>,
  image: V,
  verticals: readonly V[],
  condition: V | null,
  spec: ImageSpec,
): V {
  let h = layers.shift(image, 0, 1);
  for (const [i, kernel] of kernels.entries()) {
    const name = `horizontal_${i + 1}`;
    const width = (kernel + (i === 0 ? -1 : 1)) / 2;
    const seen = layers.conv2d(name, h, 2 * spec.baseChannels, [1, width], 1, { padding: 'causal' });
    const gated = gate(layers, name, layers.add(seen, verticals[i] as V), condition, spec);
    const y = layers.conv2d(`${name}_output`, gated, spec.baseChannels, 1, 1);
    h = i === 0 ? y : layers.add(h, y);
  }
  return h;
}

/** Logits of one channel's levels, [h, w, levels], from the features and the channels before it, [h, w, 1] each. */
function channelLogits<V>(layers: Layers<V>, features: V, before: readonly V[], spec: ImageSpec): V {
  const name = `channel_${before.length + 1}`;
  const known = before.length === 0 ? features : layers.concat([features, ...before]);
  const hidden = layers.conv2d(`${name}_hidden`, layers.relu(known), 2 * spec.baseChannels, 1, 1, {
    init: 'he-normal',
  });
  return layers.conv2d(`${name}_logits`, layers.relu(hidden), spec.levels, 1, 1);
}

const kernels: readonly number[] = [FIRST_KERNEL, ...Array<number>(LAYERS).fill(KERNEL)];

/** tanh of one half times sigmoid of the other (the paper's equation 2; with a label, equation 4). */
function gate<V>(layers: Layers<V>, name: string, x: V, condition: V | null, spec: ImageSpec): V {
  let y = layers.normalize(`${name}_norm`, x, spec.normalization.generator);
  if (condition !== null) {
    y = layers.add(y, layers.dense(`${name}_condition`, condition, 2 * spec.baseChannels, { bias: false }));
  }
  const [signal, opening] = layers.split(y, 2) as [V, V];
  return layers.dropout(layers.mul(layers.tanh(signal), layers.sigmoid(opening)), spec.dropout);
}
