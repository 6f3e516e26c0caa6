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

/** [batch, pixels, groups × channels] → [pixels, groups, batch, channels]; without the axis of one group. */
function pixelsFirst(x: Value, groups: number): Value {
  const [batch, pixels, channels] = x.shape as [number, number, number];
  if (groups === 1) return transpose(x, [1, 0, 2]);
  return transpose(reshape(x, [batch, pixels, groups, channels / groups]), [1, 2, 0, 3]);
}

/** The inverse of `pixelsFirst`, from [pixels, anything] to [batch, pixels, channels]. */
function batchFirst(x: Value, batch: number, channels: number, groups: number): Value {
  const pixels = x.shape[0]!;
  if (groups === 1) return transpose(reshape(x, [pixels, batch, channels]), [1, 0, 2]);
  const apart = transpose(reshape(x, [pixels, groups, batch, channels / groups]), [2, 0, 1, 3]);
  return reshape(apart, [batch, pixels, channels]);
}

/** [batch, height, width, C] → [positions, groups × batch × phases × C / groups]. */
function toPositions(x: Value, axes: Frequencies, groups: number): Value {
  const { y, x: across } = axes;
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const count = y.positions * across.positions;
  if (phasesOf(axes) === 1) {
    return reshape(pixelsFirst(reshape(x, [batch, count, channels]), groups), [count, batch * channels]);
  }
  const after = [0, y.positions * y.stride - height, across.positions * across.stride - width, 0];
  const whole = pad(x, [0, 0, 0, 0], after, 0);
  const rows = reshape(whole, [batch * count * phasesOf(axes), channels]);
  return reshape(gather(rows, phaseTable(axes, batch, true), 0), [count, batch * phasesOf(axes) * channels]);
}

/** The inverse of `toPositions`. */
function fromPositions(x: Value, axes: Frequencies, batch: number, channels: number, groups: number): Value {
  const { y, x: across } = axes;
  const count = y.positions * across.positions;
  if (phasesOf(axes) === 1) {
    return reshape(batchFirst(x, batch, channels, groups), [batch, y.length, across.length, channels]);
  }
  const rows = reshape(x, [count * batch * phasesOf(axes), channels]);
  const shape = [batch, y.positions * y.stride, across.positions * across.stride, channels];
  const whole = reshape(gather(rows, phaseTable(axes, batch, false), 0), shape);
  return slice(whole, [0, 0, 0, 0], [batch, y.length, across.length, channels]);
}

/** What products of spectra go over: frequencies, and groups where there are some. */
const lead = (axes: Frequencies, groups: number): number[] =>
  groups === 1 ? [productsOf(axes)] : [productsOf(axes), groups];

/** [products, groups, batch, phases × C / groups]; without the axis of one group. */
function imageSpectrum(x: Value, axes: Frequencies, groups: number): Value {
  const [batch, , , channels] = x.shape as [number, number, number, number];
  const spectrum = transform(toPositions(x, axes, groups), axes, 'image');
  return reshape(spectrum, [...lead(axes, groups), batch, (phasesOf(axes) * channels) / groups]);
}

/** [products, groups, phases × C / groups, O / groups]; without the axis of one group. */
function filterSpectrum(filter: Value, axes: Frequencies, groups: number): Value {
  const [height, width, inChannels, outChannels] = filter.shape as [number, number, number, number];
  const taps = height * width;
  const apart = reshape(filter, [taps, inChannels, groups, outChannels / groups]);
  const byGroup = groups === 1 ? filter : transpose(apart, [0, 2, 1, 3]);
  const spectrum = matmul(filterMatrix(axes), reshape(byGroup, [taps, inChannels * outChannels]));
  return reshape(spectrum, [...lead(axes, groups), phasesOf(axes) * inChannels, outChannels / groups]);
}

/** [products, groups, batch, O / groups]; without the axis of one group. */
function outputSpectrum(dy: Value, axes: Frequencies, groups: number): Value {
  const [batch, height, width, channels] = dy.shape as [number, number, number, number];
  const pixels = height * width;
  const columns = reshape(pixelsFirst(reshape(dy, [batch, pixels, channels]), groups), [pixels, batch * channels]);
  return reshape(transform(columns, axes, 'output'), [...lead(axes, groups), batch, channels / groups]);
}

const groupsOf = (x: Value, filter: readonly number[]): number => x.shape[3]! / filter[2]!;

/**
 * x [batch, height, width, C] with filter [kernelHeight, kernelWidth, C / groups, O]. Groups need
 * a stride of 1.
 */
export function fourierConvolve(x: Value, filter: Value, g: Geometry, axes: Frequencies): Value {
  const groups = groupsOf(x, filter.shape);
  const outChannels = filter.shape[3]!;
  const product = matmul(imageSpectrum(x, axes, groups), filterSpectrum(filter, axes, groups));
  const pixels = untransform(reshape(product, [productsOf(axes), g.batch * outChannels]), axes, 'output');
  return reshape(batchFirst(pixels, g.batch, outChannels, groups), [g.batch, g.outHeight, g.outWidth, outChannels]);
}

/** The gradient of `fourierConvolve` with respect to its filter, which has this many groups. */
export function fourierFilterGradient(x: Value, dy: Value, g: Geometry, axes: Frequencies, groups = 1): Value {
  const [inChannels, outChannels] = [x.shape[3]! / groups, dy.shape[3]!];
  const product = matmul(imageSpectrum(x, axes, groups), outputSpectrum(dy, axes, groups), true, false);
  const spectrum = reshape(product, [productsOf(axes) * phasesOf(axes), inChannels * outChannels]);
  const taps = matmul(filterMatrix(axes), spectrum, true, false);
  const shape = [g.kernelHeight, g.kernelWidth, inChannels, outChannels];
  if (groups === 1) return reshape(taps, shape);
  const byGroup = reshape(taps, [g.kernelHeight * g.kernelWidth, groups, inChannels, outChannels / groups]);
  return reshape(transpose(byGroup, [0, 2, 1, 3]), shape);
}

/** The gradient of `fourierConvolve` with respect to x, which has this many channels in all groups. */
export function fourierInputGradient(dy: Value, filter: Value, g: Geometry, axes: Frequencies, groups = 1): Value {
  const inChannels = filter.shape[2]! * groups;
  const product = matmul(outputSpectrum(dy, axes, groups), filterSpectrum(filter, axes, groups), false, true);
  const columns = g.batch * phasesOf(axes) * inChannels;
  const positions = untransform(reshape(product, [productsOf(axes), columns]), axes, 'image');
  return fromPositions(positions, axes, g.batch, inChannels, groups);
}
