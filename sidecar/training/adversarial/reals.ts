/** The real images of a step, as its updates need them. */
import * as tf from '@tensorflow/tfjs-core';
import type { TensorMap } from '../../engine/engine.ts';
import type { AdversarialArchitecture, ModelSpec } from '../../models/architecture.ts';

/** One batch. */
export interface Reals {
  /** [n, resolution, resolution, channels]. */
  readonly images: tf.Tensor4D;
  /** One-hot [n, classes]; null for a model without classes. */
  readonly labels: tf.Tensor2D | null;
  /** What the generator makes the images from where that is an image; else null. */
  readonly source: tf.Tensor4D | null;
}

/** Batch `at` of the `count` in a step's inputs `images`, `labels` and `sources`. */
export function batchOf(
  { images, labels, sources }: TensorMap,
  at: number,
  count: number,
  from: AdversarialArchitecture['from'],
  spec: ModelSpec,
  fade: tf.Scalar | null,
): Reals {
  const part = <R extends tf.Rank>(whole: tf.Tensor): tf.Tensor<R> => {
    const size = (whole.shape[0] ?? 0) / count;
    const rest = whole.shape.slice(1);
    return tf.slice(whole, [at * size, ...rest.map(() => 0)], [size, ...rest]) as tf.Tensor<R>;
  };
  const full = part<tf.Rank.R4>(images as tf.Tensor);
  return {
    images: atResolution(full, spec.resolution, fade),
    labels: labels === undefined ? null : part<tf.Rank.R2>(labels),
    source: from === 'image' ? part<tf.Rank.R4>(sources as tf.Tensor) : sourceOf(full, from, spec),
  };
}

/** What a super-resolution network is given: the mean of each scale × scale pixels. */
export const sourceOf = (
  images: tf.Tensor4D,
  from: AdversarialArchitecture['from'],
  { scale }: ModelSpec,
): tf.Tensor4D | null => (from === 'low-resolution' ? shrink(images, scale) : null);

/**
 * Images at the resolution that a growing network works at. While a resolution fades in they lose
 * its details in part, as the generator's do (Karras et al. 2018, figure 2).
 */
export function atResolution(images: tf.Tensor4D, resolution: number, fade: tf.Scalar | null): tf.Tensor4D {
  const factor = (images.shape[1] ?? resolution) / resolution;
  const shrunk = shrink(images, factor);
  if (fade === null) return shrunk;
  const coarse = enlargeTwice(shrink(shrunk, 2));
  return tf.add(coarse, tf.mul(fade, tf.sub(shrunk, coarse)));
}

/** The mean of each factor × factor pixels. */
const shrink = (images: tf.Tensor4D, factor: number): tf.Tensor4D =>
  factor === 1 ? images : tf.avgPool(images, factor, factor, 'valid');

function enlargeTwice(images: tf.Tensor4D): tf.Tensor4D {
  const [n, height, width, channels] = images.shape;
  const apart = tf.reshape(images, [n, height, 1, width, 1, channels]);
  return tf.reshape(tf.tile(apart, [1, 1, 2, 1, 2, 1]), [n, 2 * height, 2 * width, channels]);
}
