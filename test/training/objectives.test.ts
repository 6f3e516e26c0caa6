import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { objectives } from '../../sidecar/objectives/index.ts';
import { createEagerEngine } from './engines.ts';
import { close } from './fixtures.ts';

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

describe('objectives', () => {
  let engine: Engine;
  before(async () => {
    engine = await createEagerEngine('cpu');
  });
  after(() => engine.dispose());

  const real = [-2.5, 0, 0.75, 30];
  const fake = [4, -0.125, -60, 1.5];
  const column = (numbers: readonly number[]) => tf.tensor2d([...numbers], [numbers.length, 1]);

  for (const name of ['non-saturating', 'minimax'] as const) {
    it(`${name}: losses and scores as computed in float64`, () => {
      const objective = objectives[name];
      const number = (scalar: tf.Scalar) => scalar.dataSync()[0] as number;
      const discriminator = mean(real.map((x) => softplus(-x))) + mean(fake.map(softplus));
      const generator = name === 'minimax' ? -mean(fake.map(softplus)) : mean(fake.map((x) => softplus(-x)));
      close(number(objective.discriminatorLoss(column(real), column(fake))), discriminator, 1e-6);
      close(number(objective.generatorLoss(column(fake))), generator, 1e-6);
      const { realScore, fakeScore } = objective.statistics(column(real), column(fake));
      close(number(realScore as tf.Scalar), mean(real.map(sigmoid)), 1e-6);
      close(number(fakeScore as tf.Scalar), mean(fake.map(sigmoid)), 1e-6);
    });

    it(`${name}: gradients as computed in float64, finite at logits of ±10000`, () => {
      const objective = objectives[name];
      const wide = [...fake, -10_000, 10_000];
      const n = wide.length;
      const generator = tf
        .grad((x) => objective.generatorLoss(x))(column(wide))
        .dataSync();
      const slope = (x: number) => (name === 'minimax' ? -sigmoid(x) : -sigmoid(-x)) / n;
      wide.forEach((x, i) => {
        close(generator[i] as number, slope(x), 1e-6);
      });
      const [dReal, dFake] = tf.grads((r, f) => objective.discriminatorLoss(r as tf.Tensor, f as tf.Tensor))([
        column(wide),
        column(wide),
      ]);
      wide.forEach((x, i) => {
        close(dReal?.dataSync()[i] as number, -sigmoid(-x) / n, 1e-6);
        close(dFake?.dataSync()[i] as number, sigmoid(x) / n, 1e-6);
      });
    });
  }

  it('is 2 log 2 for a discriminator that cannot tell', () => {
    const undecided = column([0, 0]);
    const loss = objectives.minimax.discriminatorLoss(undecided, undecided).dataSync()[0] as number;
    close(loss, 2 * Math.LN2, 1e-6);
  });
});
