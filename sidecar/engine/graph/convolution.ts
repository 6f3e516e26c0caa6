/**
 * Convolutions and their gradients, each in the form that takes the least time for its sizes.
 *
 * A form is chosen for the three together, since they share transforms or patches. The estimate is
 * multiplications plus elements moved, with constants fitted to measured times of all forms at 26
 * sizes on two CPU cores (`npm run bench:convolutions`): patches are 18% off on average, and the
 * wrong form is chosen in four, where it takes 1.03 to 1.28 times as long.
 */

import { fourierConvolve, fourierFilterGradient, fourierInputGradient, frequenciesOf } from './fourier.ts';
import type { Geometry } from './geometry.ts';
import { concat, slice } from './layout.ts';
import { fewOutputs, patchConvolve, patchFilterGradient, patchInputGradient } from './patches.ts';
import { type Frequencies, halfOf, productsOf } from './spectrum.ts';
import type { Value } from './value.ts';

/** How many multiplications take as long as moving one element through memory. */
const MOVE = 40;

/** A row of fewer channels takes as long to move as one of so many. */
const ROW = 8;

/** A product of n columns takes 1 + NARROW / n times as long as its multiplications. */
const NARROW = 12;

/** For slicing the groups out and joining them again; a rough factor, not part of the fit. */
const GROUPED_PATCHES = 2;

/** Cost of `patchConvolve` and both its gradients. */
function patchCost(g: Geometry, inChannels: number, outChannels: number): number {
  const taps = g.batch * g.outHeight * g.outWidth * g.kernelHeight * g.kernelWidth;
  const phases = (g.batch * g.height * g.width * g.kernelHeight * g.kernelWidth) / (g.strideY * g.strideX);
  const [inRow, outRow] = [Math.max(ROW, inChannels), Math.max(ROW, outChannels)];
  // Products are spread over the taps and gathered where that moves less than the patches.
  const forwards = taps * (fewOutputs(g, inChannels, outChannels) ? 2 * outRow : inRow);
  const backwards = Math.min(phases * outRow, 2 * taps * inRow);
  const products = 3 + (2 * NARROW) / outChannels + NARROW / inChannels;
  return products * taps * inChannels * outChannels + MOVE * (forwards + backwards);
}

/** Multiplications and moved elements of one transform of a [height, width] map with one channel. */
function transformCost(axes: Frequencies, height: number, width: number): number {
  const products = productsOf(axes);
  if (!axes.separable) return products * height * width + MOVE * (products + height * width);
  const rows = 2 * halfOf(axes.y) * width;
  return rows * height + products * 2 * width + MOVE * (products + rows + height * width);
}

/** Cost of `fourierConvolve` and both its gradients: each of the three factors is transformed twice. */
function fourierCost(axes: Frequencies, g: Geometry, inChannels: number, outChannels: number, groups: number): number {
  const { y, x } = axes;
  const phases = y.stride * x.stride;
  const depth = phases * inChannels;
  const filters = (productsOf(axes) * depth * outChannels) / groups;
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

/** Every form that a convolution can take, the fastest first; channels of all groups together. */
export function formsOf(g: Geometry, inChannels: number, outChannels: number, groups = 1): Form[] {
  const fourier = [false, true].map((separable) => {
    const axes = frequenciesOf(g, separable);
    return { axes, cost: fourierCost(axes, g, inChannels, outChannels, groups) };
  });
  const each = patchCost(g, inChannels / groups, outChannels / groups);
  const patches = { axes: null, cost: groups === 1 ? each : GROUPED_PATCHES * groups * each };
  return [patches, ...fourier].sort((a, b) => a.cost - b.cost);
}

const fastest = (g: Geometry, inChannels: number, outChannels: number, groups: number): Frequencies | null =>
  formsOf(g, inChannels, outChannels, groups)[0]!.axes;

/** Whether groups are convolved one by one; in frequencies of stride 1 they are all one batched product. */
const oneByOne = (g: Geometry, axes: Frequencies | null, groups: number): boolean =>
  groups > 1 && (axes === null || g.strideY > 1 || g.strideX > 1);

/** Concatenates what `convolveGroup` gives for the group's share of each operand's last axis. */
function byGroup(groups: number, operands: readonly Value[], convolveGroup: (...operands: Value[]) => Value): Value {
  const share = (x: Value, group: number): Value => {
    const size = x.shape.with(-1, x.shape.at(-1)! / groups);
    return slice(x, [...Array<number>(x.shape.length - 1).fill(0), group * size.at(-1)!], size);
  };
  const made = Array.from({ length: groups }, (_, group) => convolveGroup(...operands.map((x) => share(x, group))));
  return concat(made, made[0]!.shape.length - 1);
}

/** x [batch, height, width, C] with filter [kernelHeight, kernelWidth, C / groups, O]. */
export function convolve(x: Value, filter: Value, g: Geometry): Value {
  const groups = x.shape[3]! / filter.shape[2]!;
  const axes = fastest(g, x.shape[3]!, filter.shape[3]!, groups);
  if (oneByOne(g, axes, groups)) return byGroup(groups, [x, filter], (...group) => convolve(group[0]!, group[1]!, g));
  return axes === null ? patchConvolve(x, filter, g) : fourierConvolve(x, filter, g, axes);
}

/** The gradient of `convolve` with respect to its filter; dy [batch, outHeight, outWidth, O]. */
export function convolveFilterGradient(x: Value, dy: Value, g: Geometry, groups = 1): Value {
  const axes = fastest(g, x.shape[3]!, dy.shape[3]!, groups);
  if (oneByOne(g, axes, groups)) {
    return byGroup(groups, [x, dy], (...group) => convolveFilterGradient(group[0]!, group[1]!, g));
  }
  return axes === null ? patchFilterGradient(x, dy, g) : fourierFilterGradient(x, dy, g, axes, groups);
}

/** The gradient of `convolve` with respect to x, which is also the transposed convolution of dy. */
export function convolveInputGradient(dy: Value, filter: Value, g: Geometry, groups = 1): Value {
  const axes = fastest(g, filter.shape[2]! * groups, filter.shape[3]!, groups);
  if (oneByOne(g, axes, groups)) {
    return byGroup(groups, [dy, filter], (...group) => convolveInputGradient(group[0]!, group[1]!, g));
  }
  return axes === null ? patchInputGradient(dy, filter, g) : fourierInputGradient(dy, filter, g, axes, groups);
}
