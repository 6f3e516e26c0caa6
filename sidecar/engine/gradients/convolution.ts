/**
 * Gradients of convolutions and of their gradients, which TensorFlow.js lacks, so that a gradient
 * can be differentiated again. Convolution, its input gradient and its filter gradient are linear
 * in each operand, and each is the derivative of the other two.
 */
import * as tf from '@tensorflow/tfjs-core';
import { type Gradients, registerGradient, runKernel } from './register.ts';

type Lengths = readonly number[];

const spatial = (dilations: number | number[] | undefined, dimensions: number): number[] =>
  Array.isArray(dilations) ? dilations : Array(dimensions).fill(dilations ?? 1);

/** Splits the shape at `axis`: what is before, its length, what is after, each as one axis. */
function around(shape: Lengths, axis: number): [number, number, number] {
  const size = (lengths: Lengths) => lengths.reduce((product, length) => product * length, 1);
  return [size(shape.slice(0, axis)), shape[axis]!, size(shape.slice(axis + 1))];
}

/** The filter with dilation − 1 zeros between neighbours: convolving with it needs no dilation. */
function spread(filter: tf.Tensor, dilations: Lengths): tf.Tensor {
  return dilations.reduce((spreading, dilation, axis) => {
    if (dilation === 1) return spreading;
    const [before, length, after] = around(spreading.shape, axis);
    const gaps = tf.pad(tf.reshape(spreading, [before, length, 1, after]), [
      [0, 0],
      [0, 0],
      [0, dilation - 1],
      [0, 0],
    ]);
    const reach = (length - 1) * dilation + 1;
    const cut = tf.slice(tf.reshape(gaps, [before, length * dilation, after]), [0, 0, 0], [before, reach, after]);
    return tf.reshape(cut, spreading.shape.toSpliced(axis, 1, reach));
  }, filter);
}

/** The transpose of `spread`: picks what stands where the filter's own elements are. */
function collect(wide: tf.Tensor, dilations: Lengths): tf.Tensor {
  return dilations.reduce((collecting, dilation, axis) => {
    if (dilation === 1) return collecting;
    const [before, reach, after] = around(collecting.shape, axis);
    const length = (reach - 1) / dilation + 1;
    const padded = tf.pad(tf.reshape(collecting, [before, reach, after]), [
      [0, 0],
      [0, dilation - 1],
      [0, 0],
    ]);
    const rows = tf.reshape(padded, [before, length, dilation, after]);
    const picked = tf.slice(rows, [0, 0, 0, 0], [before, length, 1, after]);
    return tf.reshape(picked, collecting.shape.toSpliced(axis, 1, length));
  }, wide);
}

interface Attributes {
  readonly strides: number | number[];
  readonly pad: unknown;
  readonly dilations?: number | number[];
  readonly inputShape?: number[];
  readonly filterShape?: number[];
}

/** The three kernels of one kind of convolution. */
interface Family {
  readonly forward: string;
  readonly inputGradient: string;
  readonly filterGradient: string;
  /** Dimensions of space. */
  readonly dimensions: number;
}

function registerFamily({ forward, inputGradient, filterGradient, dimensions }: Family): void {
  /** By the input and the filter, of a convolution without dilation. */
  const byInput = (inputShape: number[], dy: tf.Tensor, filter: tf.Tensor, attributes: object) =>
    runKernel(inputGradient, { dy, filter }, { ...attributes, dilations: 1, inputShape });
  const byFilter = (x: tf.Tensor, dy: tf.Tensor, filterShape: number[], attributes: object) =>
    runKernel(filterGradient, { x, dy }, { ...attributes, dilations: 1, filterShape });
  const convolve = (x: tf.Tensor, filter: tf.Tensor, attributes: object) =>
    runKernel(forward, { x, filter }, { ...attributes, dilations: 1 });

  const ofForward: Gradients<Attributes> = (dy, [x, filter], attributes) => {
    const dilations = spatial(attributes.dilations, dimensions);
    const wide = spread(filter!, dilations);
    return {
      x: () => byInput(x!.shape, dy, wide, attributes),
      filter: () => collect(byFilter(x!, dy, wide.shape, attributes), dilations),
    };
  };
  registerGradient(forward, ['x', 'filter'], ofForward);

  const ofInputGradient: Gradients<Attributes> = (ddx, [dy, filter], { inputShape: _, ...attributes }) => ({
    dy: () => convolve(ddx, filter!, attributes),
    filter: () => byFilter(ddx, dy!, filter!.shape, attributes),
  });
  registerGradient(inputGradient, ['dy', 'filter'], ofInputGradient);

  const ofFilterGradient: Gradients<Attributes> = (ddfilter, [x, dy], { filterShape: _, ...attributes }) => ({
    x: () => byInput(x!.shape, dy!, ddfilter, attributes),
    dy: () => convolve(x!, ddfilter, attributes),
  });
  registerGradient(filterGradient, ['x', 'dy'], ofFilterGradient);
}

export function registerConvolutions(): void {
  registerFamily({
    forward: tf.Conv2D,
    inputGradient: tf.Conv2DBackpropInput,
    filterGradient: tf.Conv2DBackpropFilter,
    dimensions: 2,
  });
  registerFamily({
    forward: tf.DepthwiseConv2dNative,
    inputGradient: tf.DepthwiseConv2dNativeBackpropInput,
    filterGradient: tf.DepthwiseConv2dNativeBackpropFilter,
    dimensions: 2,
  });
  registerFamily({
    forward: tf.Conv3D,
    inputGradient: tf.Conv3DBackpropInputV2,
    filterGradient: tf.Conv3DBackpropFilterV2,
    dimensions: 3,
  });
}
