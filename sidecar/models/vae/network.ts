/**
 * Variational autoencoder (Kingma and Welling 2014, "Auto-Encoding Variational Bayes") of
 * convolutions: the encoder halves the map until it is 4 to 7 pixels wide, the decoder mirrors it.
 * Class labels join both (Sohn et al. 2015).
 */
import { type ImageSpec, variationalOverImages } from '../image-architecture.ts';
import type { Layers } from '../layers.ts';
import { doubledSizes, doubledSizesOnly, doublingsOf, nearestOf } from '../sizes.ts';
import { about } from './about.ts';

/** A multiple of the stride, so that transposed convolutions leave no checkerboard (Odena et al. 2016). */
const KERNEL = 4;
/** Width of the widest map and of the dense layer, in base channels. */
const WIDEST = 8;

export const vae = variationalOverImages({
  about,

  encoder(layers, image, condition, spec) {
    let x = condition === null ? image : layers.concat([image, condition]);
    for (const [i, filters] of widths(spec).entries()) {
      x = layers.conv2d(`conv_${i + 1}`, x, filters, KERNEL, 2, weightsBefore(spec));
      x = activated(layers, `norm_${i + 1}`, x, condition, spec);
    }
    x = hidden(layers, withCondition(layers, layers.flatten(x), condition), condition, spec);
    return {
      mean: layers.dense('mean', x, spec.latentSize),
      logVariance: layers.dense('log_variance', x, spec.latentSize, { gain: 0.1 }),
    };
  },

  decoder(layers, z, condition, spec) {
    const [first = 0, ...rest] = widths(spec).reverse();
    const map = doublingsOf(spec.imageSize).start;
    let x = hidden(layers, withCondition(layers, z, condition), condition, spec);
    x = layers.dense('dense_2', x, map * map * first, weightsBefore(spec));
    x = activated(layers, 'norm_1', layers.reshape(x, [map, map, first]), condition, spec);
    for (const [i, filters] of rest.entries()) {
      x = layers.conv2dTranspose(`conv_${i + 1}`, x, filters, KERNEL, 2, weightsBefore(spec));
      x = activated(layers, `norm_${i + 2}`, x, condition, spec);
    }
    return layers.conv2dTranspose(`conv_${rest.length + 1}`, x, spec.channels, KERNEL, 2);
  },

  refuses: doubledSizesOnly('vae'),
  nearestImageSize: ({ imageSize }) => nearestOf(doubledSizes, imageSize),
});

/** Channels of the encoder's maps, from the widest to the smallest. */
const widths = ({ imageSize, baseChannels }: ImageSpec): number[] =>
  Array.from({ length: doublingsOf(imageSize).doublings }, (_, i) => baseChannels * Math.min(WIDEST, 2 ** i));

const withCondition = <V>(layers: Layers<V>, x: V, condition: V | null): V =>
  condition === null ? x : layers.concat([x, condition]);

/** The dense layer that both networks have beside z. */
function hidden<V>(layers: Layers<V>, x: V, condition: V | null, spec: ImageSpec): V {
  const y = layers.dense('dense_1', x, WIDEST * spec.baseChannels, weightsBefore(spec));
  return activated(layers, 'dense_1_norm', y, condition, spec);
}

function activated<V>(layers: Layers<V>, name: string, x: V, label: V | null, spec: ImageSpec): V {
  return layers.dropout(layers.relu(layers.normalize(name, x, spec.normalization.generator, label)), spec.dropout);
}

/** Normalisation shifts by itself, so there is no bias before it. */
const weightsBefore = ({ normalization }: ImageSpec) =>
  ({ init: 'he-normal', bias: normalization.generator === 'none' || normalization.generator === 'pixel' }) as const;
