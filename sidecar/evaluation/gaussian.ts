/** Mean and covariance of features, in float64. */

export interface Gaussian {
  /** Number of vectors that it was estimated from. */
  readonly count: number;
  /** [dimensions]. */
  readonly mean: Float64Array;
  /** Row major [dimensions, dimensions], with the divisor count − 1. */
  readonly covariance: Float64Array;
}

/**
 * Sample mean and unbiased sample covariance of `features`, [n, dimensions].
 * @throws RangeError for fewer than two vectors.
 */
export function estimateGaussian(features: ArrayLike<number>, dimensions: number): Gaussian {
  const count = features.length / dimensions;
  if (!Number.isInteger(count) || count < 2) {
    throw new RangeError(`${features.length} numbers are not two or more vectors of ${dimensions}.`);
  }
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < features.length; i++) mean[i % dimensions]! += features[i]! / count;
  const covariance = new Float64Array(dimensions * dimensions);
  const centred = new Float64Array(dimensions);
  for (let start = 0; start < features.length; start += dimensions) {
    for (let i = 0; i < dimensions; i++) centred[i] = features[start + i]! - mean[i]!;
    for (let i = 0; i < dimensions; i++) {
      const scaled = centred[i]! / (count - 1);
      // Many features are exactly their mean: units that never fire.
      if (scaled === 0) continue;
      for (let j = 0; j <= i; j++) covariance[i * dimensions + j]! += scaled * centred[j]!;
    }
  }
  for (let i = 0; i < dimensions; i++) {
    for (let j = 0; j < i; j++) covariance[j * dimensions + i] = covariance[i * dimensions + j]!;
  }
  return { count, mean, covariance };
}
