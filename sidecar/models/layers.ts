/**
 * The vocabulary in which architectures are written.
 *
 * An architecture is a function over `Layers<Value>` and never touches a tensor itself. Run with
 * shapes (`shape-layers.ts`) it yields parameter counts and memory for hovers and diagnostics; run
 * with tensors (`training/tensor-layers.ts`) it yields the network. One description, no drift.
 *
 * Values are batches, NHWC without the batch dimension in `shape`.
 */
export interface Layers<Value> {
  /** Shape without the batch dimension: [features] or [height, width, channels]. */
  shape(x: Value): readonly number[];
  /** Affine map of the last dimension; `bias` defaults to true. */
  dense(name: string, x: Value, units: number, options?: WeightOptions): Value;
  /** Convolution, padding 'same'. */
  conv2d(name: string, x: Value, filters: number, kernel: number, stride: number, options?: WeightOptions): Value;
  /** Transposed convolution, padding 'same': height and width grow by `stride`. */
  conv2dTranspose(
    name: string,
    x: Value,
    filters: number,
    kernel: number,
    stride: number,
    options?: WeightOptions,
  ): Value;
  /** Batch normalisation over all but the last dimension (Ioffe and Szegedy 2015). */
  batchNorm(name: string, x: Value): Value;
  leakyRelu(x: Value, slope: number): Value;
  relu(x: Value): Value;
  tanh(x: Value): Value;
  /** Active while training only. */
  dropout(x: Value, rate: number): Value;
  flatten(x: Value): Value;
  reshape(x: Value, shape: readonly number[]): Value;
  /** Concatenates features; a [features] value beside an image is repeated over its pixels. */
  concat(values: readonly Value[]): Value;
}

export interface WeightOptions {
  readonly bias?: boolean;
  /** Default 'glorot-uniform' (Glorot and Bengio 2010); 'normal-0.02' is DCGAN's N(0, 0.02²). */
  readonly init?: 'glorot-uniform' | 'normal-0.02';
}

/** What an architecture needs to know, taken from the resolved config and the dataset. */
export interface ModelShape {
  readonly latentSize: number;
  /** Height and width of the square image, in pixels. */
  readonly imageSize: number;
  readonly channels: number;
  /** Number of classes when conditional, else 0. */
  readonly classes: number;
  /** Width of the narrowest convolution (dcgan). */
  readonly baseChannels: number;
}

export interface Architecture {
  /** z: [latentSize]; label: one-hot [classes] or null. Returns an image in [-1, 1]. */
  generator<V>(layers: Layers<V>, z: V, label: V | null, shape: ModelShape): V;
  /** Returns logits: [1]. */
  discriminator<V>(layers: Layers<V>, image: V, label: V | null, shape: ModelShape): V;
  /** Says why this image size does not fit the strides, or null. */
  refuses(shape: ModelShape): string | null;
  /** A size that fits, nearest to the asked one. */
  nearestImageSize(imageSize: number): number;
}
