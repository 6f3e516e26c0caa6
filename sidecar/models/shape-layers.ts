/**
 * `Layers` over shapes alone: running an architecture with it lists every weight the network needs
 * and counts the values it produces, without touching a tensor. The training side creates its
 * variables from this list, so a count shown in a hover cannot differ from what is trained.
 */
import type { Layers, WeightOptions } from './layers.ts';

type Init = NonNullable<WeightOptions['init']> | 'zeros' | 'ones';

/** One weight tensor of a network. */
export interface WeightSpec {
  /** Layer and role, for example "dense_1/kernel". */
  readonly name: string;
  readonly shape: readonly number[];
  readonly init: Init;
  /** False for batch normalisation's moving statistics. */
  readonly trainable: boolean;
  /** Inputs to and outputs of one unit, as Glorot and Bengio (2010) count them; 0 where unused. */
  readonly fanIn: number;
  readonly fanOut: number;
}

/** A value's shape without the batch dimension. */
export interface Shape {
  readonly dims: readonly number[];
}

export const elements = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

export class ShapeLayers implements Layers<Shape> {
  /** In the order in which the architecture asks for them. */
  readonly weights: WeightSpec[] = [];
  /** Values produced for one example by layers that keep their output for the backward pass. */
  activations = 0;

  shape(x: Shape): readonly number[] {
    return x.dims;
  }

  dense(name: string, x: Shape, units: number, options: WeightOptions = {}): Shape {
    const inputs = last(x);
    this.#kernel(name, [inputs, units], inputs, units, options);
    this.#bias(name, units, options);
    return this.#output([...x.dims.slice(0, -1), units]);
  }

  conv2d(name: string, x: Shape, filters: number, kernel: number, stride: number, options: WeightOptions = {}): Shape {
    const [height, width, channels] = image(name, x);
    const area = kernel * kernel;
    this.#kernel(name, [kernel, kernel, channels, filters], area * channels, area * filters, options);
    this.#bias(name, filters, options);
    return this.#output([Math.ceil(height / stride), Math.ceil(width / stride), filters]);
  }

  conv2dTranspose(
    name: string,
    x: Shape,
    filters: number,
    kernel: number,
    stride: number,
    options: WeightOptions = {},
  ): Shape {
    const [height, width, channels] = image(name, x);
    const area = kernel * kernel;
    this.#kernel(name, [kernel, kernel, filters, channels], area * channels, area * filters, options);
    this.#bias(name, filters, options);
    return this.#output([height * stride, width * stride, filters]);
  }

  batchNorm(name: string, x: Shape): Shape {
    const shape = [last(x)];
    const add = (role: string, init: Init, trainable: boolean) =>
      this.weights.push({ name: `${name}/${role}`, shape, init, trainable, fanIn: 0, fanOut: 0 });
    add('gamma', 'ones', true);
    add('beta', 'zeros', true);
    add('moving_mean', 'zeros', false);
    add('moving_variance', 'ones', false);
    return this.#output(x.dims);
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

  dropout(x: Shape): Shape {
    return this.#output(x.dims);
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
    return this.#output([...space, values.reduce((sum, value) => sum + last(value), 0)]);
  }

  #kernel(name: string, shape: readonly number[], fanIn: number, fanOut: number, options: WeightOptions): void {
    const init = options.init ?? 'glorot-uniform';
    this.weights.push({ name: `${name}/kernel`, shape, init, trainable: true, fanIn, fanOut });
  }

  #bias(name: string, units: number, options: WeightOptions): void {
    if (options.bias === false) return;
    this.weights.push({ name: `${name}/bias`, shape: [units], init: 'zeros', trainable: true, fanIn: 0, fanOut: 0 });
  }

  #output(dims: readonly number[]): Shape {
    this.activations += elements(dims);
    return { dims };
  }
}

const last = (x: Shape): number => x.dims.at(-1) ?? 0;

function image(layer: string, x: Shape): readonly [number, number, number] {
  const [height, width, channels] = x.dims;
  if (height === undefined || width === undefined || channels === undefined) {
    throw new Error(`${layer} needs [height, width, channels], got [${x.dims}]`);
  }
  return [height, width, channels];
}
