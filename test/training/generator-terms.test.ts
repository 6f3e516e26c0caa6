import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { classification, contentLoss, featureMatching, modeSeeking } from '../../sidecar/objectives/generator-terms.ts';
import { madGan } from '../../sidecar/objectives/multi-generator.ts';
import { allClose, logSoftmax, mean, numberOf, rows, slopes, someNumbers, sum, tensor } from './by-hand.ts';
import { createEagerEngine } from './engines.ts';
import { close } from './fixtures.ts';

// Rounding of about ten float32 operations, 6e-8 each.
const TOLERANCE = 1e-6;

const distance = (a: readonly number[], b: readonly number[]) => mean(a.map((x, i) => Math.abs(x - b[i]!)));
const exponentials = (logs: readonly number[]) => logs.map(Math.exp);

describe('terms of the losses', () => {
  let engine: Engine;
  before(async () => {
    engine = await createEagerEngine('cpu');
  });
  after(() => engine.dispose());

  it('feature matching: the squared distance of mean features, over maps too', () => {
    const real = someNumbers(24, 2, 1);
    const fake = someNumbers(24, 2, 2);
    const formula = (fake: readonly number[]) => {
      const center = (features: readonly number[]) =>
        rows(features, 12).reduce((a, b) => a.map((x, i) => (x + b[i]!) / 2));
      return sum(center(real).map((x, i) => (x - center(fake)[i]!) ** 2));
    };
    for (const shape of [
      [2, 12],
      [2, 2, 3, 2],
    ]) {
      close(numberOf(featureMatching(tensor(real, ...shape), tensor(fake, ...shape))), formula(fake), TOLERANCE);
    }
    const gradient = tf.grad((x) => featureMatching(tensor(real, 2, 12), x))(tensor(fake, 2, 12));
    allClose(gradient.dataSync(), slopes(formula, fake), TOLERANCE);
  });

  it('mode seeking: the reciprocal of the distance of images over that of latents', () => {
    const [z1, z2, x1, x2] = [1, 2, 3, 4].map((phase) => someNumbers(phase < 3 ? 6 : 16, 1, phase)) as [
      number[],
      number[],
      number[],
      number[],
    ];
    const formula = (x1: readonly number[]) => 1 / (distance(x1, x2) / distance(z1, z2) + 1e-5);
    const term = (x: tf.Tensor) => modeSeeking(tensor(z1, 2, 3), tensor(z2, 2, 3), x, tensor(x2, 2, 2, 2, 2));
    const { value, grad } = tf.valueAndGrad(term)(tensor(x1, 2, 2, 2, 2));
    close(numberOf(value), formula(x1), TOLERANCE);
    allClose(grad.dataSync(), slopes(formula, x1), TOLERANCE);
    const collapsed = tf.valueAndGrad(term)(tensor(x2, 2, 2, 2, 2));
    assert.ok(Math.abs(numberOf(collapsed.value) - 1e5) < 1);
    assert.ok(collapsed.grad.dataSync().every(Number.isFinite));
  });

  it('content: the mean absolute difference', () => {
    const [made, wanted] = [someNumbers(16, 1, 1), someNumbers(16, 1, 2)];
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => contentLoss(x, tensor(wanted, 2, 2, 2, 2)))(
      tensor(made, 2, 2, 2, 2),
    );
    close(numberOf(value), distance(made, wanted), TOLERANCE);
    allClose(
      grad.dataSync(),
      slopes((at) => distance(at, wanted), made),
      TOLERANCE,
    );
  });

  it('auxiliary classifier: cross-entropy with the label, finite for confident mistakes', () => {
    const logits = [...someNumbers(8, 3, 1), 500, -500, 0, 0];
    const labels = [2, 0, 1];
    const oneHot = tensor(
      labels.flatMap((label) => [0, 1, 2, 3].map((i) => Number(i === label))),
      3,
      4,
    );
    const formula = (logits: readonly number[]) => -mean(rows(logits, 4).map((row, i) => logSoftmax(row)[labels[i]!]!));
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => classification(x, oneHot))(tensor(logits, 3, 4));
    close(numberOf(value), formula(logits), TOLERANCE);
    allClose(grad.dataSync(), slopes(formula, logits), TOLERANCE);
  });

  describe('MAD-GAN of two generators', () => {
    const real = someNumbers(9, 2, 1);
    const fake = someNumbers(12, 2, 2);
    const makers = [0, 0, 1, 1];
    const oneHot = () => tensor([1, 0, 1, 0, 0, 1, 0, 1], 4, 2);
    const logReal = (logits: readonly number[]) => rows(logits, 3).map((row) => logSoftmax(row)[2]!);
    const logMaker = (logits: readonly number[]) => rows(logits, 3).map((row, i) => logSoftmax(row)[makers[i]!]!);

    it('discriminator: real images and each generator count the same', () => {
      const formula = (real: readonly number[], fake: readonly number[]) => {
        const byMaker = logMaker(fake);
        return -mean(logReal(real)) - mean(byMaker.slice(0, 2)) - mean(byMaker.slice(2));
      };
      const loss = (r: tf.Tensor, f: tf.Tensor) => madGan.discriminatorLoss(r, f, oneHot());
      const { value, grads } = tf.valueAndGrads((r, f) => loss(r!, f!))([tensor(real, 3, 3), tensor(fake, 4, 3)]);
      close(numberOf(value), formula(real, fake), TOLERANCE);
      allClose(
        grads[0]!.dataSync(),
        slopes((at) => formula(at, fake), real),
        TOLERANCE,
      );
      allClose(
        grads[1]!.dataSync(),
        slopes((at) => formula(real, at), fake),
        TOLERANCE,
      );
    });

    it('discriminator at its optimum where every generator equals the data: (k + 1) log(k + 1)', () => {
      // Each of the k + 1 is as likely to have made an image.
      const k = 2;
      const optimum = Array.from({ length: 4 }, () => [0, 0, 0]).flat();
      const loss = madGan.discriminatorLoss(tensor(optimum, 4, 3), tensor(optimum, 4, 3), oneHot());
      close(numberOf(loss), (k + 1) * Math.log(k + 1), TOLERANCE);
    });

    it('generators: −log D of "real"', () => {
      const formula = (fake: readonly number[]) => -mean(logReal(fake));
      const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => madGan.generatorLoss(x))(tensor(fake, 4, 3));
      close(numberOf(value), formula(fake), TOLERANCE);
      allClose(grad.dataSync(), slopes(formula, fake), TOLERANCE);
    });

    it('statistics: probabilities of "real", and generators named rightly', () => {
      const statistics = madGan.statistics(tensor(real, 3, 3), tensor(fake, 4, 3), oneHot());
      close(numberOf(statistics.realScore!), mean(exponentials(logReal(real))), TOLERANCE);
      close(numberOf(statistics.fakeScore!), mean(exponentials(logReal(fake))), TOLERANCE);
      const right = rows(fake, 3).map((row, i) => Number(row.indexOf(Math.max(...row)) === makers[i]));
      close(numberOf(statistics.generatorAccuracy!), mean(right), TOLERANCE);
    });
  });
});
