/**
 * `Layers` in float64 by their definitions, in loops: what the layers over tensors are compared with.
 * Training mode, without dropout and spectral normalisation.
 */
import type { Normalization } from '../../sidecar/config/resolved-config.ts';
import type {
  ConvolutionOptions,
  Initializer,
  KernelSize,
  Layers,
  WeightOptions,
} from '../../sidecar/models/layers.ts';
import type { Point } from '../engine/float64.ts';
import {
  elementwise,
  type Index,
  indices,
  make,
  mean,
  offset,
  pairwise,
  raised,
  range,
  read,
  size,
  sum,
} from './reference-arrays.ts';

/** Pixels before the first, along one axis. */
function before(length: number, kernel: number, stride: number, padding: 'same' | 'valid' | 'causal'): number {
  const same = Math.floor(Math.max(0, (Math.ceil(length / stride) - 1) * stride + kernel - length) / 2);
  return { same, valid: 0, causal: kernel - 1 }[padding];
}

export class ReferenceLayers implements Layers<Point> {
  readonly #weights: Readonly<Record<string, Point>>;

  /** Weights by layer and role. */
  constructor(weights: Readonly<Record<string, Point>>) {
    this.#weights = weights;
  }

  shape = (x: Point) => x.shape.slice(1);

  dense(name: string, x: Point, units: number, options: WeightOptions = {}): Point {
    const inputs = x.shape.at(-1)!;
    const kernel = this.#kernel(name, inputs, options);
    const y = make([...x.shape.slice(0, -1), units], (...at) => {
      const row = at.slice(0, -1);
      return sum(range(inputs).map((i) => read(x, ...row, i) * read(kernel, i, at.at(-1)!)));
    });
    return this.#biased(name, y, options);
  }

  conv2d(
    name: string,
    x: Point,
    filters: number,
    kernelSize: KernelSize,
    stride: number,
    options: ConvolutionOptions = {},
  ): Point {
    const { groups = 1, padding = 'same' } = options;
    const [rows, columns] = typeof kernelSize === 'number' ? [kernelSize, kernelSize] : kernelSize;
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const inputs = channels / groups;
    const kernel = this.#kernel(name, rows * columns * inputs, options);
    const top = before(height, rows, stride, padding === 'causal-rows' ? 'causal' : padding);
    const left = before(width, columns, stride, padding === 'causal-rows' ? 'same' : padding);
    const length = (pixels: number, taps: number) =>
      padding === 'valid' ? Math.ceil((pixels - taps + 1) / stride) : Math.ceil(pixels / stride);
    const y = make([batch, length(height, rows), length(width, columns), filters], (b, i, j, o) => {
      const group = Math.floor((o * groups) / filters);
      let total = 0;
      for (const [ky, kx, c] of indices([rows, columns, inputs])) {
        const [py, px] = [i * stride + ky! - top, j * stride + kx! - left];
        if (py < 0 || py >= height || px < 0 || px >= width) continue;
        total +=
          x.data[((b * height + py) * width + px) * channels + group * inputs + c!]! * read(kernel, ky!, kx!, c!, o);
      }
      return total;
    });
    return this.#biased(name, y, options);
  }

  conv2dTranspose(
    name: string,
    x: Point,
    filters: number,
    taps: number,
    stride: number,
    options: WeightOptions = {},
  ): Point {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const kernel = this.#kernel(name, taps * taps * channels, options);
    const y = make([batch, height * stride, width * stride, filters], () => 0);
    const [top, left] = [before(height * stride, taps, stride, 'same'), before(width * stride, taps, stride, 'same')];
    for (const [b, i, j, ky, kx] of indices([batch, height, width, taps, taps])) {
      const [py, px] = [i! * stride + ky! - top, j! * stride + kx! - left];
      if (py < 0 || py >= height * stride || px < 0 || px >= width * stride) continue;
      for (const [f, c] of indices([filters, channels])) {
        y.data[offset(y.shape, [b!, py, px, f!])]! += read(x, b!, i!, j!, c!) * read(kernel, ky!, kx!, f!, c!);
      }
    }
    return this.#biased(name, y, options);
  }

  parameter(name: string, shape: Index, _init: Initializer): Point {
    return { shape: [1, ...shape], data: this.#weight(name).data };
  }

  normalize(name: string, x: Point, kind: Normalization, condition: Point | null = null): Point {
    const channels = x.shape.at(-1)!;
    /** What is normalised together with an element: those with the same key. */
    const key = (at: Index): string => {
      const size = range(16)
        .map((n) => 16 - n)
        .find((n) => n <= channels && channels % n === 0)!;
      const [b, c] = [at[0]!, at.at(-1)!];
      switch (kind) {
        case 'layer':
          return `${b}`;
        case 'instance':
          return `${b} ${c}`;
        case 'group':
          return `${b} ${Math.floor(c / size)}`;
        case 'pixel':
          return `${at.slice(0, -1)}`;
        default:
          return `${c}`;
      }
    };
    if (kind === 'none') return x;
    const together = new Map<string, number[]>();
    for (const at of indices(x.shape)) {
      const values = together.get(key(at));
      if (values === undefined) together.set(key(at), [read(x, ...at)]);
      else values.push(read(x, ...at));
    }
    const statistics = new Map(
      [...together].map(([name, values]) => {
        const average = mean(values);
        return [name, { average, variance: mean(values.map((v) => (v - average) ** 2)) }];
      }),
    );
    return make(x.shape, (...at) => {
      const { average, variance } = statistics.get(key(at))!;
      // The mean square is the variance plus the square of the mean.
      if (kind === 'pixel') return read(x, ...at) / Math.sqrt(variance + average ** 2 + 1e-8);
      const of = (role: string) => {
        const table = this.#weight(`${name}/${role}`);
        if (kind !== 'conditional-batch') return read(table, at.at(-1)!);
        const classes = condition!.shape[1]!;
        return sum(range(classes).map((k) => read(condition!, at[0]!, k) * read(table, k, at.at(-1)!)));
      };
      return ((read(x, ...at) - average) / Math.sqrt(variance + 1e-5)) * of('gamma') + of('beta');
    });
  }

  leakyRelu = (x: Point, slope: number) => elementwise((v) => (v > 0 ? v : slope * v), x);
  relu = (x: Point) => elementwise((v) => Math.max(0, v), x);
  tanh = (x: Point) => elementwise(Math.tanh, x);
  sigmoid = (x: Point) => elementwise((v) => 1 / (1 + Math.exp(-v)), x);
  dropout = (x: Point) => x;
  add = (a: Point, b: Point) => pairwise((left, right) => left + right, a, b);
  mul = (a: Point, b: Point) => pairwise((left, right) => left * right, a, b);
  scale = (x: Point, factor: number) => elementwise((v) => v * factor, x);
  flatten = (x: Point) => this.reshape(x, [size(x.shape.slice(1))]);
  reshape = (x: Point, shape: Index): Point => ({ shape: [x.shape[0]!, ...shape], data: x.data });

  blend(a: Point, b: Point, share: Point): Point {
    return pairwise((left, right) => (1 - share.data[0]!) * left + share.data[0]! * right, a, b);
  }

  concat(values: readonly Point[]): Point {
    const rank = Math.max(...values.map(({ shape }) => shape.length));
    const whole = values.map((value) => raised(value, rank));
    const lead = range(rank - 1).map((axis) => Math.max(...whole.map(({ shape }) => shape[axis]!)));
    const features = whole.flatMap((value) => range(value.shape.at(-1)!).map((c) => [value, c] as const));
    return make([...lead, features.length], (...at) => {
      const [value, c] = features[at.at(-1)!]!;
      return read(value, ...at.slice(0, -1), c);
    });
  }

  split(x: Point, parts: number): Point[] {
    const channels = x.shape.at(-1)! / parts;
    return range(parts).map((part) =>
      make([...x.shape.slice(0, -1), channels], (...at) => read(x, ...at.with(-1, part * channels + at.at(-1)!))),
    );
  }

  shift(x: Point, down: number, right: number): Point {
    return make(x.shape, (b, i, j, c) => (i < down || j < right ? 0 : read(x, b, i - down, j - right, c)));
  }

  upsample(x: Point, how: 'nearest' | 'bilinear'): Point {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    return make([batch, 2 * height, 2 * width, channels], (b, i, j, c) => {
      if (how === 'nearest') return read(x, b, Math.floor(i / 2), Math.floor(j / 2), c);
      // A new pixel's centre lies a quarter pixel from the nearest old one.
      const near = (at: number, length: number) => {
        const own = Math.floor(at / 2);
        const other = Math.min(length - 1, Math.max(0, at % 2 === 0 ? own - 1 : own + 1));
        return [[own, 0.75] as const, [other, 0.25] as const];
      };
      return sum(near(i, height).flatMap(([y, a]) => near(j, width).map(([z, e]) => a * e * read(x, b, y, z, c))));
    });
  }

  downsample(x: Point): Point {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    return make([batch, height / 2, width / 2, channels], (b, i, j, c) =>
      mean([0, 1, 2, 3].map((at) => read(x, b, 2 * i + (at >> 1), 2 * j + (at & 1), c))),
    );
  }

  shrink(x: Point, factor: number): Point {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const places = Array.from({ length: factor ** 2 }, (_, at) => [Math.floor(at / factor), at % factor] as const);
    return make([batch, height / factor, width / factor, channels], (b, i, j, c) =>
      mean(places.map(([down, right]) => read(x, b, factor * i + down, factor * j + right, c))),
    );
  }

  pixelShuffle(x: Point, factor: number): Point {
    const [batch, height, width, depth] = x.shape as [number, number, number, number];
    const channels = depth / factor ** 2;
    return make([batch, height * factor, width * factor, channels], (b, i, j, c) => {
      const within = (i % factor) * factor + (j % factor);
      return read(x, b, Math.floor(i / factor), Math.floor(j / factor), within * channels + c);
    });
  }

  sumPixels(x: Point): Point {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    return make([batch, channels], (b, c) => sum([...indices([height, width])].map(([i, j]) => read(x, b, i!, j!, c))));
  }

  sumFeatures(x: Point): Point {
    return make(x.shape.with(-1, 1), (...at) => sum(range(x.shape.at(-1)!).map((c) => read(x, ...at.with(-1, c)))));
  }

  selfAttention(name: string, x: Point): Point {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const pixels = height * width;
    const point = (role: string, from: Point, filters: number) =>
      this.reshape(this.conv2d(`${name}/${role}`, from, filters, 1, 1, { bias: false }), [pixels, filters]);
    const [query, key] = [point('query', x, channels / 8), point('key', x, channels / 8)];
    const value = point('value', x, channels / 2);
    const seen = make([batch, pixels, channels / 2], (b, i, c) => {
      const scores = range(pixels).map((j) =>
        Math.exp(sum(range(channels / 8).map((k) => read(query, b, i, k) * read(key, b, j, k)))),
      );
      return sum(scores.map((score, j) => score * read(value, b, j, c))) / sum(scores);
    });
    const output = point('output', this.reshape(seen, [height, width, channels / 2]), channels);
    const gamma = this.#weight(`${name}/gamma`).data[0]!;
    return { shape: x.shape, data: x.data.map((v, at) => v + gamma * output.data[at]!) };
  }

  minibatchStandardDeviation(x: Point, groupSize: number): Point {
    const [batch = 1, ...rest] = x.shape;
    const members = range(groupSize)
      .map((n) => groupSize - n)
      .find((n) => n <= batch && batch % n === 0)!;
    const groups = batch / members;
    const features = size(rest);
    const deviations = range(groups).map((group) =>
      mean(
        range(features).map((feature) => {
          const values = range(members).map((member) => x.data[(member * groups + group) * features + feature]!);
          return Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)) + 1e-8);
        }),
      ),
    );
    return this.concat([x, make([batch, ...rest.map(() => 1)], (b) => deviations[b % groups]!)]);
  }

  minibatchDiscrimination(name: string, x: Point, kernels: number, dimensions: number): Point {
    const m = this.dense(name, x, kernels * dimensions, { bias: false });
    const batch = x.shape[0]!;
    const close = make([batch, kernels], (i, k) =>
      sum(
        range(batch).map((j) => {
          const apart = range(dimensions).map((d) =>
            Math.abs(read(m, i, k * dimensions + d) - read(m, j, k * dimensions + d)),
          );
          return Math.exp(-sum(apart));
        }),
      ),
    );
    return this.concat([x, close]);
  }

  #weight(name: string): Point {
    const weight = this.#weights[name];
    if (weight === undefined) throw new Error(`no weight is named ${name}`);
    return weight;
  }

  #kernel(name: string, fanIn: number, { equalized = false, gain = 1 }: WeightOptions): Point {
    const kernel = this.#weight(`${name}/kernel`);
    return equalized ? elementwise((v) => v * gain * Math.sqrt(2 / fanIn), kernel) : kernel;
  }

  #biased(name: string, y: Point, { bias = true }: WeightOptions): Point {
    return bias ? make(y.shape, (...at) => read(y, ...at) + read(this.#weight(`${name}/bias`), at.at(-1)!)) : y;
  }
}
