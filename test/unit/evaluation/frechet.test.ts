import assert from 'node:assert/strict';
import { featureDistance, frechetDistance } from '../../../sidecar/evaluation/frechet.ts';
import { estimateGaussian } from '../../../sidecar/evaluation/gaussian.ts';
import { near } from './near.ts';

/**
 * The references below come from NumPy 2.4 and SciPy 1.17 in float64, with np.cov(rowvar=False):
 *   f(n, d, s): i, j = np.meshgrid(range(n), range(d), indexing='ij')
 *               np.sin((i + 1) * (j + 2) * 0.7 + s) * (1 + j / 2) + s * np.cos(i)
 *   ‖m₁ − m₂‖² + Tr C₁ + Tr C₂ − 2 Tr scipy.linalg.sqrtm(C₁ @ C₂).real
 */
const features = (n: number, d: number, shift: number): Float64Array =>
  Float64Array.from({ length: n * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    return Math.sin((i + 1) * (j + 2) * 0.7 + shift) * (1 + j / 2) + shift * Math.cos(i);
  });

describe('the Fréchet distance', () => {
  it('is what SciPy computes', () => {
    near(featureDistance(features(200, 8, 0), features(150, 8, 0.5), 8), 1.2909096945795397, 1e-9);
    near(featureDistance(features(100, 5, 0.3), features(120, 5, 0.35), 5), 0.12047820515644503, 1e-9);
  });

  it('takes covariances without an inverse, of fewer vectors than dimensions', () => {
    // Here √ of eigenvalues of C₁C₂ by np.linalg.eigvals, as sqrtm needs a regular matrix: half of the digits are left.
    near(featureDistance(features(5, 8, 0), features(150, 8, 0.5), 8), 29.534079886270447, 1e-5);
  });

  it('is the square of the difference of means for equal covariances, and symmetric', () => {
    const a = estimateGaussian(features(50, 3, 0), 3);
    const moved = { ...a, mean: a.mean.map((x, i) => x + i) };
    near(frechetDistance(a, moved), 5, 1e-9);
    near(frechetDistance(a, a), 0, 1e-9);
    const b = estimateGaussian(features(60, 3, 1), 3);
    near(frechetDistance(a, b), frechetDistance(b, a), 1e-9);
  });

  it('adds (σ₁ − σ₂)² for each dimension of uncorrelated features', () => {
    const diagonal = (variances: readonly number[]) => ({
      count: 2,
      mean: new Float64Array(2),
      covariance: Float64Array.of(variances[0]!, 0, 0, variances[1]!),
    });
    near(frechetDistance(diagonal([4, 9]), diagonal([1, 25])), 1 + 4, 1e-12);
  });

  it('refuses what no covariance can be estimated from', () => {
    assert.throws(() => estimateGaussian([1, 2, 3], 3), RangeError);
    assert.throws(() => estimateGaussian([1, 2, 3, 4], 3), RangeError);
  });
});
