/** The Fréchet distance between two sets of features. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { estimateGaussian, type Gaussian } from './gaussian.ts';

/**
 * ‖m₁ − m₂‖² + Tr(C₁ + C₂ − 2 (C₁C₂)^½): the squared Fréchet (2-Wasserstein) distance of two normal
 * distributions (Dowson and Landau 1982), which Heusel et al. (2017) apply to features of images. It
 * is 0 for equal distributions, has no upper bound and grows as samples get fewer.
 *
 * Tr (C₁C₂)^½ is taken from the eigenvalues of C₁^½ C₂ C₁^½, which is similar to C₁C₂ and symmetric.
 */
export function frechetDistance(a: Gaussian, b: Gaussian): number {
  const dimensions = a.mean.length;
  if (b.mean.length !== dimensions) throw new RangeError(`features have ${dimensions} and ${b.mean.length} dimensions`);
  let means = 0;
  let traces = 0;
  for (let i = 0; i < dimensions; i++) {
    means += (a.mean[i]! - b.mean[i]!) ** 2;
    traces += a.covariance[i * dimensions + i]! + b.covariance[i * dimensions + i]!;
  }
  const root = symmetricRoot(square(a.covariance));
  const product = root.mmul(square(b.covariance)).mmul(root);
  // Rounding leaves the two halves apart in their last digits.
  const symmetric = product.clone().add(product.transpose()).mul(0.5);
  const values = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true }).realEigenvalues;
  const overlap = values.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
  return means + traces - 2 * overlap;
}

/** Of features [n, dimensions] of two sets of images, by `frechetDistance` of their Gaussians. */
export const featureDistance = (a: ArrayLike<number>, b: ArrayLike<number>, dimensions: number): number =>
  frechetDistance(estimateGaussian(a, dimensions), estimateGaussian(b, dimensions));

const square = (values: Float64Array): Matrix => {
  const size = Math.sqrt(values.length);
  return Matrix.from1DArray(size, size, values);
};

/** The positive semidefinite square root; eigenvalues that rounding made negative count as 0. */
function symmetricRoot(matrix: Matrix): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const roots = Matrix.diag(realEigenvalues.map((value) => Math.sqrt(Math.max(0, value))));
  return eigenvectorMatrix.mmul(roots).mmul(eigenvectorMatrix.transpose());
}
