/** Arithmetic of shapes that both implementations of `Layers` go by. */
import type { ConvolutionOptions, KernelSize } from './layers.ts';

export const elements = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

export const last = (shape: readonly number[]): number => shape.at(-1) ?? 1;

/** Height, width and channels; throws where `shape` is no image's. */
export function image(layer: string, shape: readonly number[]): readonly [number, number, number] {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined) {
    throw new Error(`${layer} needs [height, width, channels], got [${shape}]`);
  }
  return [height, width, channels];
}

/** The shape that two broadcast to, aligned at their last dimensions. */
export function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) throw new Error(`shapes [${a}] and [${b}] do not broadcast`);
    return left === 1 ? right : left;
  });
}

export const kernelSize = (size: KernelSize): readonly [number, number] =>
  typeof size === 'number' ? [size, size] : size;

type Padding = NonNullable<ConvolutionOptions['padding']>;
type Pair = readonly [number, number];

/** Pixels that a convolution pads along one axis, before and after. */
export function paddedAlong(length: number, kernel: number, stride: number, how: 'same' | 'valid' | 'causal'): Pair {
  if (how === 'valid') return [0, 0];
  if (how === 'causal') return [kernel - 1, 0];
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + kernel - length);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Padding of [height, width], each [before, after]. */
export function convolutionPadding(size: Pair, kernel: Pair, stride: number, padding: Padding): readonly [Pair, Pair] {
  const rows = padding === 'causal-rows' ? 'causal' : padding;
  const columns = padding === 'causal-rows' ? 'same' : padding;
  return [paddedAlong(size[0], kernel[0], stride, rows), paddedAlong(size[1], kernel[1], stride, columns)];
}

/** Height and width of a convolution's output. */
export function convolvedSize(size: Pair, kernel: Pair, stride: number, padding: Padding): Pair {
  const paddings = convolutionPadding(size, kernel, stride, padding);
  const along = (axis: 0 | 1) => {
    const length = size[axis] + paddings[axis][0] + paddings[axis][1];
    if (length < kernel[axis]) throw new RangeError(`a kernel of [${kernel}] does not fit into [${size}]`);
    return Math.floor((length - kernel[axis]) / stride) + 1;
  };
  return [along(0), along(1)];
}

/** Channels of self-attention's queries and keys, and of its values (Zhang et al. 2019). */
export const attentionChannels = (channels: number) => ({
  keys: Math.max(1, Math.floor(channels / 8)),
  values: Math.max(1, Math.floor(channels / 2)),
});

/** Channels in a group of group normalisation: the most up to 16 that divide them. */
export function groupChannels(channels: number): number {
  let size = Math.min(16, channels);
  while (channels % size !== 0) size -= 1;
  return size;
}
