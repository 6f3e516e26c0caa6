/**
 * `Layers` over shapes alone: running an architecture with it lists every weight the network needs
 * and counts the values it produces, without touching a tensor. The training side creates its
 * variables from this list, so a count shown in a hover cannot differ from what is trained.
 */
import type { Normalization } from '../keys/options.ts';
import type { ConvolutionOptions, Initializer, KernelSize, Layers, WeightOptions } from './layers.ts';
import { attentionChannels, broadcast, convolvedSize, elements, image, kernelSize, last } from './shapes.ts';

import { WeightList, type WeightSpec } from './weight-list.ts';

export { elements } from './shapes.ts';
export type { WeightSpec } from './weight-list.ts';

export interface LayersOptions {
  /** Every kernel of a dense or (transposed) convolution layer is divided by its largest singular value. */
  readonly spectralNormalization?: boolean;
}

/** A value's shape without the batch dimension; [] is a scalar. */
export interface Shape {
  readonly dims: readonly number[];
}

export class ShapeLayers implements Layers<Shape> {
  /** Values produced for one example by layers that keep their output for the backward pass. */
  activations = 0;
  readonly #weights: WeightList;

  constructor({ spectralNormalization = false }: LayersOptions = {}) {
    this.#weights = new WeightList(spectralNormalization);
  }

  /** In the order in which the architecture asks for them. */
  get weights(): readonly WeightSpec[] {
    return this.#weights.specs;
  }

  shape(x: Shape): readonly number[] {
    return x.dims;
  }

  dense(name: string, x: Shape, units: number, options: WeightOptions = {}): Shape {
    const inputs = last(x.dims);
    this.#weights.kernel(name, [inputs, units], inputs, units, options);
    return this.#output([...x.dims.slice(0, -1), units]);
  }

  conv2d(
    name: string,
    x: Shape,
    filters: number,
    kernel: KernelSize,
    stride: number,
    options: ConvolutionOptions = {},
  ): Shape {
    const [height, width, channels] = image(name, x.dims);
    const { groups = 1, padding = 'same' } = options;
    if (channels % groups !== 0 || filters % groups !== 0) {
      throw new RangeError(`${name}: ${groups} groups need to divide both ${channels} and ${filters} channels`);
    }
    const [rows, columns] = kernelSize(kernel);
    const [inputs, outputs] = [channels / groups, filters / groups];
    const area = rows * columns;
    this.#weights.kernel(name, [rows, columns, inputs, filters], area * inputs, area * outputs, options, filters);
    return this.#output([...convolvedSize([height, width], [rows, columns], stride, padding), filters]);
  }

  conv2dTranspose(
    name: string,
    x: Shape,
    filters: number,
    kernel: number,
    stride: number,
    options: WeightOptions = {},
  ): Shape {
    const [height, width, channels] = image(name, x.dims);
    const area = kernel * kernel;
    this.#weights.kernel(name, [kernel, kernel, filters, channels], area * channels, area * filters, options, filters);
    return this.#output([height * stride, width * stride, filters]);
  }

  parameter(name: string, shape: readonly number[], init: Initializer): Shape {
    const outputs = last(shape);
    this.#weights.add(name, shape, init, { fanIn: elements(shape) / outputs, fanOut: outputs });
    return { dims: shape };
  }

  normalize(name: string, x: Shape, kind: Normalization, condition: Shape | null = null): Shape {
    const channels = last(x.dims);
    switch (kind) {
      case 'none':
        return x;
      case 'pixel':
        return this.#output(x.dims);
      case 'conditional-batch':
        if (condition === null) throw new Error(`${name}: normalization "conditional-batch" needs the class label`);
        this.#weights.scaleAndShift(name, [last(condition.dims), channels]);
        this.#weights.movingStatistics(name, channels);
        return this.#output(x.dims);
      case 'batch':
        this.#weights.scaleAndShift(name, [channels]);
        this.#weights.movingStatistics(name, channels);
        return this.#output(x.dims);
      case 'instance':
        image(name, x.dims);
        this.#weights.scaleAndShift(name, [channels]);
        return this.#output(x.dims);
      case 'layer':
      case 'group':
        this.#weights.scaleAndShift(name, [channels]);
        return this.#output(x.dims);
    }
  }

  leakyRelu(x: Shape): Shape {
    return this.#output(x.dims);
  }

  relu(x: Shape): Shape {
    return this.#output(x.dims);
  }

  tanh(x: Shape): Shape {
    return this.#output(x.dims);
  }

  sigmoid(x: Shape): Shape {
    return this.#output(x.dims);
  }

  dropout(x: Shape): Shape {
    return this.#output(x.dims);
  }

  add(a: Shape, b: Shape): Shape {
    return this.#output(broadcast(a.dims, b.dims));
  }

  mul(a: Shape, b: Shape): Shape {
    return this.#output(broadcast(a.dims, b.dims));
  }

  scale(x: Shape): Shape {
    return this.#output(x.dims);
  }

  blend(a: Shape, b: Shape, share: Shape): Shape {
    if (elements(share.dims) !== 1) throw new Error(`the share of a blend is one number, got [${share.dims}]`);
    return this.#output(broadcast(a.dims, b.dims));
  }

  flatten(x: Shape): Shape {
    return { dims: [elements(x.dims)] };
  }

  reshape(x: Shape, shape: readonly number[]): Shape {
    if (elements(shape) !== elements(x.dims)) {
      throw new Error(`cannot reshape [${x.dims}] to [${shape}]: the number of values differs`);
    }
    return { dims: shape };
  }

  concat(values: readonly Shape[]): Shape {
    const space = values.find((value) => value.dims.length === 3)?.dims.slice(0, 2) ?? [];
    return this.#output([...space, values.reduce((sum, value) => sum + last(value.dims), 0)]);
  }

  split(x: Shape, parts: number): Shape[] {
    const channels = last(x.dims);
    if (channels % parts !== 0) throw new Error(`[${x.dims}] cannot be split into ${parts} equal parts`);
    return Array.from({ length: parts }, () => this.#output([...x.dims.slice(0, -1), channels / parts]));
  }

  shift(x: Shape): Shape {
    return this.#output(image('shift', x.dims));
  }

  upsample(x: Shape): Shape {
    const [height, width, channels] = image('upsample', x.dims);
    return this.#output([2 * height, 2 * width, channels]);
  }

  downsample(x: Shape): Shape {
    const [height, width, channels] = image('downsample', x.dims);
    if (height % 2 !== 0 || width % 2 !== 0) throw new Error(`downsample needs an even size, got [${x.dims}]`);
    return this.#output([height / 2, width / 2, channels]);
  }

  shrink(x: Shape, factor: number): Shape {
    const [height, width, channels] = image('shrink', x.dims);
    if (height % factor !== 0 || width % factor !== 0) {
      throw new Error(`shrink by ${factor} needs a size that it divides, got [${x.dims}]`);
    }
    return factor === 1 ? x : this.#output([height / factor, width / factor, channels]);
  }

  pixelShuffle(x: Shape, factor: number): Shape {
    const [height, width, channels] = image('pixelShuffle', x.dims);
    if (channels % factor ** 2 !== 0)
      throw new Error(`pixelShuffle by ${factor} needs channels × ${factor ** 2}, got [${x.dims}]`);
    return this.#output([height * factor, width * factor, channels / factor ** 2]);
  }

  sumPixels(x: Shape): Shape {
    return this.#output([image('sumPixels', x.dims)[2]]);
  }

  sumFeatures(x: Shape): Shape {
    return this.#output([...x.dims.slice(0, -1), 1]);
  }

  selfAttention(name: string, x: Shape): Shape {
    const [height, width, channels] = image(name, x.dims);
    const { keys, values } = attentionChannels(channels);
    const unbiased = { bias: false };
    this.conv2d(`${name}/query`, x, keys, 1, 1, unbiased);
    this.conv2d(`${name}/key`, x, keys, 1, 1, unbiased);
    const value = this.conv2d(`${name}/value`, x, values, 1, 1, unbiased);
    this.#output([height * width, height * width]);
    this.conv2d(`${name}/output`, this.#output(value.dims), channels, 1, 1, unbiased);
    this.parameter(`${name}/gamma`, [1], 'zeros');
    return this.#output(x.dims);
  }

  minibatchStandardDeviation(x: Shape): Shape {
    return this.#output([...x.dims.slice(0, -1), last(x.dims) + 1]);
  }

  minibatchDiscrimination(name: string, x: Shape, kernels: number, dimensions: number): Shape {
    if (x.dims.length !== 1) throw new Error(`${name} needs [features], got [${x.dims}]`);
    this.dense(name, x, kernels * dimensions, { bias: false });
    return this.#output([last(x.dims) + kernels]);
  }

  #output(dims: readonly number[]): Shape {
    this.activations += elements(dims);
    return { dims };
  }
}
