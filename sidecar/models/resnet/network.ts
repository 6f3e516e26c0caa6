/**
 * Residual GAN in the form of SNGAN (Miyato et al. 2018, "Spectral Normalization for Generative
 * Adversarial Networks", appendix B.4; the blocks are those of Gulrajani et al. 2017): blocks whose
 * skip connection is resampled like their two 3×3 convolutions. The generator doubles by nearest
 * neighbours and normalises before each ReLU, by class in a conditional model (conditional-batch);
 * the discriminator halves by average pooling, sums over pixels and has a linear layer, to which a
 * projection of the class is added (Miyato and Koyama 2018).
 *
 * Changed for size: the generator starts from a map of 4 to 7 pixels, whose width is b base channels
 * times the doublings' power of two, at most 16b (the paper's tables 4 to 6 have b = 64); the
 * discriminator mirrors it and ends with one block that keeps the size. The 1×1 convolution of a skip
 * connection runs at the smaller of its two sizes, where it gives the same at a quarter of the cost.
 */
import type { DiscriminatorInputs, GeneratorInputs } from '../architecture.ts';
import { dropped, given, joined, keepsBias } from '../blocks.ts';
import { adversarialOverImages, type ImageSpec } from '../image-architecture.ts';
import type { Layers } from '../layers.ts';
import { attendsAt, doubledSizes, doubledSizesOnly, doublingsOf, nearestOf } from '../sizes.ts';
import { about } from './about.ts';

const KERNEL = 3;
const WIDEST = 16;
/** Convolutions of the residual branch begin √2 larger than the skip's, as in the authors' programs. */
const residual = { gain: Math.SQRT2 };

/** Normalises and activates, under a name. */
type Activate<V> = (name: string, x: V) => V;

export const resnet = adversarialOverImages({
  about,

  generator<V>(layers: Layers<V>, { latent, condition, label }: GeneratorInputs<V>, spec: ImageSpec): V {
    const { start, doublings } = doublingsOf(spec.imageSize);
    const kind = spec.normalization.generator;
    const width = (i: number) => spec.baseChannels * Math.min(WIDEST, 2 ** (doublings - i));
    const sizes = Array.from({ length: doublings }, (_, i) => start * 2 ** (i + 1));
    const activate: Activate<V> = (name, y) => layers.relu(layers.normalize(name, y, kind, label));
    const bias = keepsBias(kind);
    let x = joined(layers, given(latent, 'z'), condition);
    x = layers.dense('dense_1', x, start * start * width(0), { bias });
    x = layers.reshape(x, [start, start, width(0)]);
    for (const [i, size] of sizes.entries()) {
      x = upBlock(layers, `block_${i + 1}`, x, width(i + 1), activate, bias);
      if (spec.selfAttention && attendsAt(size, sizes)) x = layers.selfAttention('attention', x);
    }
    return layers.tanh(layers.conv2d('image', activate('norm', x), spec.channels, KERNEL, 1));
  },

  discriminator<V>(layers: Layers<V>, { judged, condition, label }: DiscriminatorInputs<V>, spec: ImageSpec): V {
    const { doublings } = doublingsOf(spec.imageSize);
    const kind = spec.normalization.discriminator;
    const width = (i: number) => spec.baseChannels * Math.min(WIDEST, 2 ** i);
    const sizes = Array.from({ length: doublings }, (_, i) => spec.imageSize / 2 ** (i + 1));
    const activate: Activate<V> = (name, y) => layers.relu(layers.normalize(name, y, kind, label));
    let x = firstBlock(layers, 'block_1', judged, width(0), activate);
    for (let i = 0; i <= doublings; i++) {
      const name = `block_${i + 1}`;
      if (i === 1) x = joined(layers, x, condition);
      if (i > 0) x = downBlock(layers, name, x, width(i), activate, i < doublings);
      x = dropped(layers, x, spec.dropout);
      if (spec.selfAttention && i < doublings && attendsAt(sizes[i] ?? 0, sizes))
        x = layers.selfAttention('attention', x);
    }
    return layers.sumPixels(activate('norm', x));
  },

  refuses: doubledSizesOnly('resnet'),
  nearestImageSize: ({ imageSize }) => nearestOf(doubledSizes, imageSize),
});

/** A bias where the last normalisation takes it away again would have no effect, in either branch. */
function upBlock<V>(layers: Layers<V>, name: string, x: V, filters: number, activate: Activate<V>, bias: boolean): V {
  const options = { ...residual, bias };
  let y = layers.upsample(activate(`${name}/norm_1`, x), 'nearest');
  y = layers.conv2d(`${name}/conv_1`, y, filters, KERNEL, 1, options);
  y = layers.conv2d(`${name}/conv_2`, activate(`${name}/norm_2`, y), filters, KERNEL, 1, options);
  const skip = layers.upsample(layers.conv2d(`${name}/skip`, x, filters, 1, 1, { bias }), 'nearest');
  return layers.add(skip, y);
}

/** Of the image itself: nothing before its first convolution. */
function firstBlock<V>(layers: Layers<V>, name: string, x: V, filters: number, activate: Activate<V>): V {
  let y = layers.conv2d(`${name}/conv_1`, x, filters, KERNEL, 1, residual);
  y = layers.conv2d(`${name}/conv_2`, activate(`${name}/norm_1`, y), filters, KERNEL, 1, residual);
  const skip = layers.conv2d(`${name}/skip`, layers.downsample(x), filters, 1, 1);
  return layers.add(skip, layers.downsample(y));
}

function downBlock<V>(
  layers: Layers<V>,
  name: string,
  x: V,
  filters: number,
  activate: Activate<V>,
  halves: boolean,
): V {
  const inputs = layers.shape(x).at(-1) ?? 0;
  let y = layers.conv2d(`${name}/conv_1`, activate(`${name}/norm_1`, x), inputs, KERNEL, 1, residual);
  y = layers.conv2d(`${name}/conv_2`, activate(`${name}/norm_2`, y), filters, KERNEL, 1, residual);
  if (halves) {
    const skip = layers.conv2d(`${name}/skip`, layers.downsample(x), filters, 1, 1);
    return layers.add(skip, layers.downsample(y));
  }
  const skip = inputs === filters ? x : layers.conv2d(`${name}/skip`, x, filters, 1, 1);
  return layers.add(skip, y);
}
