/**
 * The vocabulary in which architectures are written.
 *
 * An architecture is a function over `Layers<Value>` and never touches a tensor itself. Run with
 * shapes (`shape-layers.ts`) it yields parameter counts and memory for hovers and diagnostics; run
 * with tensors (`sampling/layers/`) it yields the network. One description, no drift.
 *
 * Values are batches; `shape` leaves the batch dimension out. Images are NHWC.
 */
import type { Normalization } from '../keys/options.ts';

export interface Layers<Value> {
  /** Shape without the batch dimension: [features] or [height, width, channels]. */
  shape(x: Value): readonly number[];

  /** Affine map of the last dimension. */
  dense(name: string, x: Value, units: number, options?: WeightOptions): Value;
  conv2d(
    name: string,
    x: Value,
    filters: number,
    kernel: KernelSize,
    stride: number,
    options?: ConvolutionOptions,
  ): Value;
  /** Transposed convolution, padding 'same': height and width grow by `stride`. */
  conv2dTranspose(
    name: string,
    x: Value,
    filters: number,
    kernel: number,
    stride: number,
    options?: WeightOptions,
  ): Value;
  /** A trained tensor of this shape, the same for every example; broadcasts in `add` and `mul`. */
  parameter(name: string, shape: readonly number[], init: Initializer): Value;

  /**
   * Normalises a [height, width, channels] or [features] value; 'none' returns it unchanged.
   * `condition` is the class label, one-hot [classes], which 'conditional-batch' needs.
   */
  normalize(name: string, x: Value, kind: Normalization, condition?: Value | null): Value;

  leakyRelu(x: Value, slope: number): Value;
  relu(x: Value): Value;
  tanh(x: Value): Value;
  sigmoid(x: Value): Value;
  /** Active while training only. */
  dropout(x: Value, rate: number): Value;

  /** Elementwise, with broadcasting. */
  add(a: Value, b: Value): Value;
  mul(a: Value, b: Value): Value;
  /** Times a constant. */
  scale(x: Value, factor: number): Value;
  /** (1 − share) · a + share · b; `share` is a scalar that may change from step to step. */
  blend(a: Value, b: Value, share: Value): Value;

  flatten(x: Value): Value;
  reshape(x: Value, shape: readonly number[]): Value;
  /** Concatenates features; a [features] value beside an image is repeated over its pixels. */
  concat(values: readonly Value[]): Value;
  /** Splits the last dimension into equal parts. */
  split(x: Value, parts: number): Value[];
  /** Moves an image down and right by whole pixels; zeros come in, what leaves is lost. */
  shift(x: Value, down: number, right: number): Value;

  /** Doubles height and width. Bilinear has half-pixel centres, which is the transpose of the average. */
  upsample(x: Value, how: 'nearest' | 'bilinear'): Value;
  /** Halves height and width: mean of each 2×2. */
  downsample(x: Value): Value;
  /** Mean of each factor × factor pixels, of an image whose size that divides. */
  shrink(x: Value, factor: number): Value;
  /** [h, w, c·factor²] → [h·factor, w·factor, c] (Shi et al. 2016). */
  pixelShuffle(x: Value, factor: number): Value;
  /** Sum over height and width: [channels]. */
  sumPixels(x: Value): Value;
  /** Sum over the last dimension, kept as 1. */
  sumFeatures(x: Value): Value;

  /**
   * Self-attention of SAGAN (Zhang et al. 2019): queries and keys of channels / 8, values of
   * channels / 2, added to x with a trained factor that begins at 0.
   */
  selfAttention(name: string, x: Value): Value;
  /** Appends one map, the mean standard deviation over groups of the batch (Karras et al. 2018). */
  minibatchStandardDeviation(x: Value, groupSize: number): Value;
  /** Appends `kernels` closeness features to [features] (Salimans et al. 2016). */
  minibatchDiscrimination(name: string, x: Value, kernels: number, dimensions: number): Value;
}

/** Height and width of a kernel; one number for both. */
export type KernelSize = number | readonly [number, number];

/**
 * 'glorot-uniform' (Glorot and Bengio 2010), 'he-normal' N(0, 2/fanIn) (He et al. 2015),
 * 'orthogonal' (Saxe et al. 2014), 'normal-0.02' DCGAN's N(0, 0.02²), 'normal' N(0, 1).
 */
export type Initializer = 'glorot-uniform' | 'he-normal' | 'orthogonal' | 'normal-0.02' | 'normal' | 'zeros' | 'ones';

export interface WeightOptions {
  /** Default true. */
  readonly bias?: boolean;
  /** Default 'glorot-uniform'. */
  readonly init?: Initializer;
  /** Multiplies the initial values. Default 1. */
  readonly gain?: number;
  /**
   * Equalised learning rate (Karras et al. 2018): weights begin as N(0, 1) and are multiplied by
   * gain · √(2 / fanIn) wherever they are used; `init` is ignored.
   */
  readonly equalized?: boolean;
}

export interface ConvolutionOptions extends WeightOptions {
  /** Input and output channels are cut into this many groups that do not see each other. Default 1. */
  readonly groups?: number;
  /**
   * Default 'same'. 'causal' keeps the size and pads above and to the left only: with a kernel
   * [h, w], h − 1 rows above and w − 1 columns to the left. 'causal-rows' pads h − 1 rows above and
   * the width as 'same'.
   */
  readonly padding?: 'same' | 'valid' | 'causal' | 'causal-rows';
}
