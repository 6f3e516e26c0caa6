/**
 * Convolutions in the frequency domain, which take far fewer multiplications than patches do.
 *
 * The product of two spectra is a circular convolution (Mathieu, Henaff and LeCun 2013), and with
 * Gauss' trick it is the fastest form on CPUs (Zlateski et al. 2019). For the small maps of
 * generative models the transforms are themselves products with small matrices. A strided
 * convolution is one of stride 1 over the phases of its input, which count as channels.
 *
 * With the transforms B of the image, G of the filter and A of the output, the sum over products r
 * and channels of (B x)ᵣ (G w)ᵣ (A y)ᵣ is the scalar product of y and the convolution of x with w.
 * The convolution and its two gradients each leave one factor out, and so share their transforms.
 */
import { matmul } from './arithmetic.ts';
import { circularAxis } from './circular.ts';
import type { Geometry } from './geometry.ts';
import { gather, pad, reshape, slice, transpose } from './layout.ts';
import { constant, keyedConstant } from './record.ts';
import { type Frequencies, filterMatrix, productsOf, transform, untransform } from './spectrum.ts';
import type { Value } from './value.ts';

/** The frequencies in which a convolution of these sizes can be computed. */
export function frequenciesOf(g: Geometry, separable: boolean): Frequencies {
  return {
    y: circularAxis(g.height, g.outHeight, g.kernelHeight, g.strideY, g.dilationY, g.padTop),
    x: circularAxis(g.width, g.outWidth, g.kernelWidth, g.strideX, g.dilationX, g.padLeft),
    separable,
  };
}

const phasesOf = ({ y, x }: Frequencies): number => y.stride * x.stride;

/**
 * The row of [positions, batch, phases] that each pixel of [batch, rows, columns] becomes, or, with
 * `inverse`, the pixel that each such row comes from. Pixels are whole phases.
 */
function phaseTable(axes: Frequencies, batch: number, inverse: boolean): Value {
  const { y, x } = axes;
  const [height, width] = [y.positions * y.stride, x.positions * x.stride];
  const key = `phases ${inverse} ${batch} ${height}/${y.stride} ${width}/${x.stride}`;
  return keyedConstant(key, () => {
    const rows = new Int32Array(batch * height * width);
    for (let pixel = 0; pixel < rows.length; pixel += 1) {
      const column = pixel % width;
      const row = Math.floor(pixel / width) % height;
      const image = Math.floor(pixel / width / height);
      const position = Math.floor(row / y.stride) * x.positions + Math.floor(column / x.stride);
      const phase = (row % y.stride) * x.stride + (column % x.stride);
      const at = (position * batch + image) * phasesOf(axes) + phase;
      if (inverse) rows[at] = pixel;
      else rows[pixel] = at;
    }
    return constant('int32', [rows.length], rows);
  });
}

/** [batch, pixels, channels] ⇄ [pixels, batch, channels]. */
const swapBatch = (x: Value): Value => transpose(x, [1, 0, 2]);

/** [batch, height, width, C] → [positions, batch × phases × C]. */
function toPositions(x: Value, axes: Frequencies): Value {
  const { y, x: across } = axes;
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const count = y.positions * across.positions;
  if (phasesOf(axes) === 1) return reshape(swapBatch(reshape(x, [batch, count, channels])), [count, batch * channels]);
  const after = [0, y.positions * y.stride - height, across.positions * across.stride - width, 0];
  const whole = pad(x, [0, 0, 0, 0], after, 0);
  const rows = reshape(whole, [batch * count * phasesOf(axes), channels]);
  return reshape(gather(rows, phaseTable(axes, batch, true), 0), [count, batch * phasesOf(axes) * channels]);
}

/** The inverse of `toPositions`. */
function fromPositions(x: Value, axes: Frequencies, batch: number, channels: number): Value {
  const { y, x: across } = axes;
  const count = y.positions * across.positions;
  if (phasesOf(axes) === 1) {
    return reshape(swapBatch(reshape(x, [count, batch, channels])), [batch, y.length, across.length, channels]);
  }
  const rows = reshape(x, [count * batch * phasesOf(axes), channels]);
  const shape = [batch, y.positions * y.stride, across.positions * across.stride, channels];
  const whole = reshape(gather(rows, phaseTable(axes, batch, false), 0), shape);
  return slice(whole, [0, 0, 0, 0], [batch, y.length, across.length, channels]);
}

/** [products, batch, phases × C]. */
function imageSpectrum(x: Value, axes: Frequencies): Value {
  const [batch, , , channels] = x.shape as [number, number, number, number];
  return reshape(transform(toPositions(x, axes), axes, 'image'), [productsOf(axes), batch, phasesOf(axes) * channels]);
}

/** [products, phases × C, O]. */
function filterSpectrum(filter: Value, axes: Frequencies): Value {
  const [height, width, inChannels, outChannels] = filter.shape as [number, number, number, number];
  const spectrum = matmul(filterMatrix(axes), reshape(filter, [height * width, inChannels * outChannels]));
  return reshape(spectrum, [productsOf(axes), phasesOf(axes) * inChannels, outChannels]);
}

/** [products, batch, O]. */
function outputSpectrum(dy: Value, axes: Frequencies): Value {
  const [batch, height, width, channels] = dy.shape as [number, number, number, number];
  const pixels = reshape(swapBatch(reshape(dy, [batch, height * width, channels])), [height * width, batch * channels]);
  return reshape(transform(pixels, axes, 'output'), [productsOf(axes), batch, channels]);
}

/** x [batch, height, width, C] with filter [kernelHeight, kernelWidth, C, O]. */
export function fourierConvolve(x: Value, filter: Value, g: Geometry, axes: Frequencies): Value {
  const outChannels = filter.shape[3]!;
  const product = matmul(imageSpectrum(x, axes), filterSpectrum(filter, axes));
  const pixels = untransform(reshape(product, [productsOf(axes), g.batch * outChannels]), axes, 'output');
  const rows = swapBatch(reshape(pixels, [g.outHeight * g.outWidth, g.batch, outChannels]));
  return reshape(rows, [g.batch, g.outHeight, g.outWidth, outChannels]);
}

/** The gradient of `fourierConvolve` with respect to its filter. */
export function fourierFilterGradient(x: Value, dy: Value, g: Geometry, axes: Frequencies): Value {
  const channels = x.shape[3]! * dy.shape[3]!;
  const product = matmul(imageSpectrum(x, axes), outputSpectrum(dy, axes), true, false);
  const spectrum = reshape(product, [productsOf(axes) * phasesOf(axes), channels]);
  const taps = matmul(filterMatrix(axes), spectrum, true, false);
  return reshape(taps, [g.kernelHeight, g.kernelWidth, x.shape[3]!, dy.shape[3]!]);
}

/** The gradient of `fourierConvolve` with respect to x. */
export function fourierInputGradient(dy: Value, filter: Value, g: Geometry, axes: Frequencies): Value {
  const inChannels = filter.shape[2]!;
  const product = matmul(outputSpectrum(dy, axes), filterSpectrum(filter, axes), false, true);
  const columns = g.batch * phasesOf(axes) * inChannels;
  const positions = untransform(reshape(product, [productsOf(axes), columns]), axes, 'image');
  return fromPositions(positions, axes, g.batch, inChannels);
}
