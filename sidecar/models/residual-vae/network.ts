/**
 * Variational autoencoder (Kingma and Welling 2014) of residual blocks, as Kingma et al. 2016 ("Improving
 * Variational Inference with Inverse Autoregressive Flow", section 6.1) have it for MNIST, without the flow.
 * The encoder halves the map until it is 4 to 7 pixels wide, with `blocks` residual blocks at each size; the
 * decoder mirrors it. Blocks normalise and activate before each convolution (He et al. 2016, "Identity Mappings
 * in Deep Residual Networks"), and their last convolution begins at 0 (Zhang et al. 2019, Fixup), so that
 * training needs no normalisation. Labels join the dense layers of both networks (Sohn et al. 2015).
 */
import { joined, keepsBias } from '../blocks.ts';
import { type ImageSpec, variationalOverImages } from '../image-architecture.ts';
import type { Layers } from '../layers.ts';
import { doubledSizes, doubledSizesOnly, doublingsOf, nearestOf } from '../sizes.ts';
import { about } from './about.ts';

const KERNEL = 3;
/** Where the size changes: a multiple of the stride, against checkerboards (Odena et al. 2016). */
const RESAMPLING = 4;
/** Width of the widest map and of the dense layer, in base channels. */
const WIDEST = 8;

export const residualVae = variationalOverImages({
  about,

  encoder(layers, image, condition, spec) {
    const { activate, block, weight } = partsOf(layers, condition, spec);
    let x = image;
    for (const [i, filters] of widthsOf(spec).entries()) {
      const name = `map_${i + 1}`;
      if (i > 0) x = activate(`${name}/norm`, x);
      x = layers.conv2d(`${name}/conv`, x, filters, RESAMPLING, 2, weight);
      for (let j = 1; j <= spec.blocks; j++) x = block(`${name}/block_${j}`, x);
    }
    x = joined(layers, layers.flatten(activate('norm', x)), condition);
    x = activate('dense_1_norm', layers.dense('dense_1', x, WIDEST * spec.baseChannels, weight));
    return {
      mean: layers.dense('mean', x, spec.latentSize),
      logVariance: layers.dense('log_variance', x, spec.latentSize, { gain: 0.1 }),
    };
  },

  decoder(layers, z, condition, spec) {
    const { activate, block, weight } = partsOf(layers, condition, spec);
    const { start } = doublingsOf(spec.imageSize);
    const widths = widthsOf(spec).reverse();
    let x = layers.dense('dense_1', joined(layers, z, condition), WIDEST * spec.baseChannels, weight);
    x = activate('dense_1_norm', x);
    for (const [i, filters] of widths.entries()) {
      const name = `map_${i + 1}`;
      x =
        i === 0
          ? layers.reshape(layers.dense('dense_2', x, start * start * filters, weight), [start, start, filters])
          : layers.conv2dTranspose(`${name}/conv`, activate(`${name}/norm`, x), filters, RESAMPLING, 2, weight);
      for (let j = 1; j <= spec.blocks; j++) x = block(`${name}/block_${j}`, x);
    }
    return layers.conv2dTranspose('image', activate('norm', x), spec.channels, RESAMPLING, 2);
  },

  refuses: doubledSizesOnly('residual-vae'),
  nearestImageSize: ({ imageSize }) => nearestOf(doubledSizes, imageSize),
});

/** Channels of the encoder's maps, from the widest to the smallest. */
const widthsOf = ({ imageSize, baseChannels }: ImageSpec): number[] =>
  Array.from({ length: doublingsOf(imageSize).doublings }, (_, i) => baseChannels * Math.min(WIDEST, 2 ** i));

/** What both networks are made of. Every sum of a block is normalised before its use, which takes a bias away. */
function partsOf<V>(layers: Layers<V>, label: V | null, { normalization, dropout }: ImageSpec) {
  const kind = normalization.generator;
  const bias = keepsBias(kind);
  const weight = { init: 'he-normal', bias } as const;
  const activate = (name: string, x: V): V => layers.relu(layers.normalize(name, x, kind, label));
  const block = (name: string, x: V): V => {
    const width = layers.shape(x).at(-1) ?? 0;
    let y = layers.conv2d(`${name}/conv_1`, activate(`${name}/norm_1`, x), width, KERNEL, 1, weight);
    y = layers.dropout(activate(`${name}/norm_2`, y), dropout);
    return layers.add(x, layers.conv2d(`${name}/conv_2`, y, width, KERNEL, 1, { init: 'zeros', bias }));
  };
  return { activate, block, weight };
}
