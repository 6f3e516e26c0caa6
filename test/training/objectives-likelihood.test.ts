import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { elbo } from '../../sidecar/objectives/elbo/loss.ts';
import { categoricalLikelihood, dequantize, quantize } from '../../sidecar/objectives/likelihood/loss.ts';
import { allClose, logSoftmax, numberOf, rows, sigmoid, slopes, someNumbers, sum, tensor } from './by-hand.ts';
import { createEagerEngine } from './engines.ts';
import { close } from './fixtures.ts';

// Rounding of sums of some tens of float32 numbers.
const TOLERANCE = 2e-6;

describe('likelihoods', () => {
  let engine: Engine;
  before(async () => {
    engine = await createEagerEngine('cpu');
  });
  after(() => engine.dispose());

  const [N, PIXELS, LATENT] = [2, 8, 3];
  const images = someNumbers(N * PIXELS, 1, 1);
  const output = someNumbers(N * PIXELS, 3, 2);
  const means = someNumbers(N * LATENT, 1.5, 3);
  const logVariances = someNumbers(N * LATENT, 1.2, 4);

  const reconstructions = {
    bernoulli: (output: readonly number[]) => {
      const logs = output.map((logit, i) => {
        const [p, t] = [sigmoid(logit), (images[i]! + 1) / 2];
        return t * Math.log(p) + (1 - t) * Math.log(1 - p);
      });
      return -sum(logs) / N;
    },
    gaussian: (output: readonly number[]) => {
      const densities = output.map((mean, i) => Math.exp(-((images[i]! - mean) ** 2) / 2) / Math.sqrt(2 * Math.PI));
      return -sum(densities.map(Math.log)) / N;
    },
  };

  /** ∫ q log(q / p) by the trapezoidal rule, which is exact to rounding for integrands that fall off at both ends. */
  function kl(means: readonly number[], logVariances: readonly number[]): number {
    const one = (mean: number, logVariance: number) => {
      const deviation = Math.exp(logVariance / 2);
      const log = (x: number, mean: number, deviation: number) =>
        -(((x - mean) / deviation) ** 2) / 2 - Math.log(deviation * Math.sqrt(2 * Math.PI));
      const step = deviation / 100;
      const points = Array.from({ length: 2401 }, (_, i) => mean + (i - 1200) * step);
      return sum(
        points.map((x) => {
          const logQ = log(x, mean, deviation);
          return step * Math.exp(logQ) * (logQ - log(x, 0, 1));
        }),
      );
    };
    return sum(means.map((mean, i) => one(mean, logVariances[i]!))) / N;
  }

  const shape = [N, 2, 2, 2];
  for (const likelihood of ['bernoulli', 'gaussian'] as const) {
    it(`negative ELBO, ${likelihood}: terms and gradients as computed in float64`, () => {
      const terms = (output: tf.Tensor, mean: tf.Tensor, logVariance: tf.Tensor) =>
        elbo({ likelihood, output, examples: tensor(images, ...shape), mean, logVariance, beta: 0.5 });
      const inputs = [tensor(output, ...shape), tensor(means, N, LATENT), tensor(logVariances, N, LATENT)] as const;
      const { loss, reconstruction, kl: divergence } = terms(...inputs);
      const expected = { reconstruction: reconstructions[likelihood](output), kl: kl(means, logVariances) };
      close(numberOf(reconstruction), expected.reconstruction, TOLERANCE);
      close(numberOf(divergence), expected.kl, TOLERANCE);
      close(numberOf(loss), expected.reconstruction + 0.5 * expected.kl, TOLERANCE);

      const gradients = tf.grads((o, m, v) => terms(o!, m!, v!).loss)([...inputs]);
      allClose(gradients[0]!.dataSync(), slopes(reconstructions[likelihood], output), TOLERANCE);
      allClose(
        gradients[1]!.dataSync(),
        slopes((at) => 0.5 * kl(at, logVariances), means),
        TOLERANCE,
      );
      allClose(
        gradients[2]!.dataSync(),
        slopes((at) => 0.5 * kl(means, at), logVariances),
        TOLERANCE,
      );
    });
  }

  it('a posterior that is the prior has no divergence', () => {
    const zeros = tf.zeros([N, LATENT]);
    const inputs = { output: tf.zeros(shape), examples: tensor(images, ...shape), mean: zeros, logVariance: zeros };
    const terms = elbo({ likelihood: 'bernoulli', ...inputs, beta: 4 });
    close(numberOf(terms.kl), 0, TOLERANCE);
    // A decoder without opinion needs one bit a pixel.
    close(numberOf(terms.loss), PIXELS * Math.LN2, TOLERANCE);
  });

  it('pixels are rounded to the nearest level, and levels are kept exactly', () => {
    const values = tensor([-1, -0.99, -0.4, -0.3, 0.99, 1], 6);
    assert.deepEqual([...quantize(values, 4).dataSync()], [0, 0, 1, 1, 3, 3]);
    for (const levels of [2, 16, 256]) {
      const numbers = tf.range(0, levels, 1, 'int32');
      const pixels = dequantize(numbers, levels);
      assert.deepEqual([...quantize(pixels, levels).dataSync()], [...numbers.dataSync()]);
      allClose(
        pixels.dataSync(),
        Array.from({ length: levels }, (_, i) => (2 * i) / (levels - 1) - 1),
        1e-6,
      );
    }
  });

  it('categorical likelihood: nats per image, bits per dimension and gradient', () => {
    const [levels, dimensions] = [4, 2 * 2 * 3];
    const numbers = Array.from({ length: N * dimensions }, (_, i) => (7 * i + 3 * (i % 5)) % levels);
    const pixels = dequantize(tensor(numbers, N, 2, 2, 3), levels);
    const logits = someNumbers(N * dimensions * levels, 2, 5);
    const formula = (logits: readonly number[]) =>
      -sum(rows(logits, levels).map((row, i) => logSoftmax(row)[numbers[i]!]!)) / N;
    const given = tensor(logits, N, 2, 2, 3 * levels);
    const terms = categoricalLikelihood(given, pixels, levels);
    close(numberOf(terms.loss), formula(logits), TOLERANCE);
    close(numberOf(terms.bitsPerDimension), formula(logits) / (dimensions * Math.LN2), TOLERANCE);
    const gradient = tf.grad((x) => categoricalLikelihood(x, pixels, levels).loss)(given);
    allClose(gradient.dataSync(), slopes(formula, logits), TOLERANCE);
  });

  it('a model without opinion needs log2(levels) bits a dimension', () => {
    const { bitsPerDimension } = categoricalLikelihood(
      tf.zeros([1, 2, 2, 256]),
      tensor([-1, 0, 0.5, 1], 1, 2, 2, 1),
      256,
    );
    close(numberOf(bitsPerDimension), 8, TOLERANCE);
  });
});
