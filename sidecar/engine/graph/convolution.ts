/**
 * Convolutions and their gradients, each in the form that takes the least time for its sizes.
 *
 * A form is chosen for the three together, since they share transforms or patches. The estimate is
 * multiplications plus elements moved, with one constant between the two, fitted to measured times
 * of all forms at 25 sizes on two CPU cores (`npm run bench:convolutions`): within 13% of them, and
 * wrong only where two forms are within 6% of each other.
 */

import { fourierConvolve, fourierFilterGradient, fourierInputGradient, frequenciesOf } from './fourier.ts';
import type { Geometry } from './geometry.ts';
import { fewOutputs, patchConvolve, patchFilterGradient, patchInputGradient } from './patches.ts';
import { type Frequencies, halfOf, productsOf } from './spectrum.ts';
import type { Value } from './value.ts';

/** How many multiplications take as long as moving one element through memory. */
const MOVE = 40;

/** Cost of `patchConvolve` and both its gradients. */
function patchCost(g: Geometry, inChannels: number, outChannels: number): number {
  const taps = g.batch * g.outHeight * g.outWidth * g.kernelHeight * g.kernelWidth;
  const phases = (g.batch * g.height * g.width * g.kernelHeight * g.kernelWidth) / (g.strideY * g.strideX);
  // Products are spread over the taps and gathered where that moves less than the patches.
  const forwards = taps * (fewOutputs(g, inChannels, outChannels) ? 2 * outChannels : inChannels);
  const backwards = Math.min(phases * outChannels, 2 * taps * inChannels);
  return 3 * taps * inChannels * outChannels + MOVE * (forwards + backwards);
}

/** Multiplications and moved elements of one transform of a [height, width] map with one channel. */
function transformCost(axes: Frequencies, height: number, width: number): number {
  const products = productsOf(axes);
  if (!axes.separable) return products * height * width + MOVE * (products + height * width);
  const rows = 2 * halfOf(axes.y) * width;
  return rows * height + products * 2 * width + MOVE * (products + rows + height * width);
}

/** Cost of `fourierConvolve` and both its gradients: each of the three factors is transformed twice. */
function fourierCost(axes: Frequencies, g: Geometry, inChannels: number, outChannels: number): number {
  const { y, x } = axes;
  const phases = y.stride * x.stride;
  const depth = phases * inChannels;
  const filters = productsOf(axes) * depth * outChannels;
  const images = transformCost(axes, y.positions, x.positions) * depth;
  const outputs = transformCost(axes, g.outHeight, g.outWidth) * outChannels;
  const taps = g.kernelHeight * g.kernelWidth;
  return 3 * filters * g.batch + 2 * (g.batch * (images + outputs) + filters * (taps + MOVE));
}

/** One way to compute a convolution and its gradients: in these frequencies, or with null as patches. */
export interface Form {
  readonly axes: Frequencies | null;
  /** Estimated time, in multiplications. */
  readonly cost: number;
}

/** Every form that a convolution can take, the fastest first. */
export function formsOf(g: Geometry, inChannels: number, outChannels: number): Form[] {
  const fourier = [false, true].map((separable) => {
    const axes = frequenciesOf(g, separable);
    return { axes, cost: fourierCost(axes, g, inChannels, outChannels) };
  });
  const forms = [{ axes: null, cost: patchCost(g, inChannels, outChannels) }, ...fourier];
  return forms.sort((a, b) => a.cost - b.cost);
}

const fastest = (g: Geometry, inChannels: number, outChannels: number): Frequencies | null =>
  formsOf(g, inChannels, outChannels)[0]!.axes;

/** x [batch, height, width, C] with filter [kernelHeight, kernelWidth, C, O]. */
export function convolve(x: Value, filter: Value, g: Geometry): Value {
  const axes = fastest(g, filter.shape[2]!, filter.shape[3]!);
  return axes === null ? patchConvolve(x, filter, g) : fourierConvolve(x, filter, g, axes);
}

/** The gradient of `convolve` with respect to its filter; dy [batch, outHeight, outWidth, O]. */
export function convolveFilterGradient(x: Value, dy: Value, g: Geometry): Value {
  const axes = fastest(g, x.shape[3]!, dy.shape[3]!);
  return axes === null ? patchFilterGradient(x, dy, g) : fourierFilterGradient(x, dy, g, axes);
}

/** The gradient of `convolve` with respect to x, which is also the transposed convolution of dy. */
export function convolveInputGradient(dy: Value, filter: Value, g: Geometry): Value {
  const axes = fastest(g, filter.shape[2]!, filter.shape[3]!);
  return axes === null ? patchInputGradient(dy, filter, g) : fourierInputGradient(dy, filter, g, axes);
}
