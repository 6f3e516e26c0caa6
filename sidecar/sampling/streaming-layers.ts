/**
 * `Layers` over a stream of rows or pixels: each causal convolution keeps the inputs that it will
 * look back at, so that the next row or pixel costs no more than itself.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionOptions, Initializer, KernelSize } from '../models/layers.ts';
import { TensorLayers } from './layers/tensor-layers.ts';
import type { Variables } from './variables.ts';

/** What the convolutions remember, by name. Empty at the beginning of a stream, where all before is 0. */
export type Memory = Readonly<Record<string, tf.Tensor>>;

/** Height and width as dimensions of NHWC. */
const HEIGHT = 1;
const WIDTH = 2;

/**
 * In inference mode. Convolutions with padding 'causal-rows' are given one row after the other,
 * [n, 1, width, c]; those with padding 'causal' and a kernel of one row, one pixel after the other,
 * [n, 1, 1, c]. `shift` does nothing: whoever feeds the stream gives it what came before.
 */
export class StreamingLayers extends TensorLayers {
  readonly #memory: Memory;
  readonly #row: tf.Tensor | null;
  readonly #remembered: Record<string, tf.Tensor> = {};

  /** `row`: number of the present row, int32 [1], which a stream of rows is given. */
  constructor(variables: Variables, prefix: string, memory: Memory, row: tf.Tensor | null) {
    super(variables, prefix, { training: false });
    this.#memory = memory;
    this.#row = row;
  }

  /** What the next row or pixel is to be given as memory. */
  get remembered(): Memory {
    return this.#remembered;
  }

  override shift(x: tf.Tensor): tf.Tensor {
    return x;
  }

  override parameter(name: string, shape: readonly number[], init: Initializer): tf.Tensor {
    const whole = super.parameter(name, shape, init);
    const hasRows = shape.length === 3 && shape[0] !== 1;
    return hasRows && this.#row !== null ? tf.gather(whole, this.#row as tf.Tensor1D, HEIGHT) : whole;
  }

  override conv2d(
    name: string,
    x: tf.Tensor,
    filters: number,
    kernel: KernelSize,
    stride: number,
    options: ConvolutionOptions = {},
  ): tf.Tensor {
    const [height, width] = typeof kernel === 'number' ? [kernel, kernel] : kernel;
    const valid = (window: tf.Tensor) =>
      super.conv2d(name, window, filters, kernel, stride, { ...options, padding: 'valid' });
    switch (options.padding) {
      case 'causal-rows': {
        const before = Math.floor((width - 1) / 2);
        const beside: [number, number] = [before, width - 1 - before];
        return valid(tf.pad(this.#withPast(name, x, HEIGHT, height), [[0, 0], [0, 0], beside, [0, 0]]));
      }
      case 'causal':
        return valid(this.#withPast(name, x, WIDTH, width));
      default:
        return super.conv2d(name, x, filters, kernel, stride, options);
    }
  }

  /** The last `length` inputs of this layer along `dimension`, the present one last. */
  #withPast(name: string, x: tf.Tensor, dimension: number, length: number): tf.Tensor {
    if (length === 1) return x;
    const lengthened = (by: number) => x.shape.map((size, i) => (i === dimension ? by : size));
    const past = this.#memory[name] ?? tf.zeros(lengthened(length - 1));
    const window = tf.concat([past, x], dimension);
    const begin = x.shape.map((_, i) => (i === dimension ? 1 : 0));
    this.#remembered[name] = tf.slice(window, begin, lengthened(length - 1));
    return window;
  }
}
