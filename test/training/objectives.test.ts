import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../../sidecar/engine/engine.ts';
import type { AdversarialLoss } from '../../sidecar/objectives/abouts.ts';
import { objectives } from '../../sidecar/objectives/index.ts';
import { allClose, mean, numberOf, sigmoid, slopes, softplus, tensor } from './by-hand.ts';
import { createEagerEngine } from './engines.ts';
import { close } from './fixtures.ts';

/** Each objective by its formula, in float64. `smoothing` where it has targets. */
interface Formula {
  readonly discriminator: (real: readonly number[], fake: readonly number[], smoothing: number) => number;
  readonly generator: (fake: readonly number[], real: readonly number[]) => number;
  readonly statistics: (real: readonly number[], fake: readonly number[]) => Record<string, number>;
}

const scores: Formula['statistics'] = (real, fake) => ({
  realScore: mean(real.map(sigmoid)),
  fakeScore: mean(fake.map(sigmoid)),
});
const outputs: Formula['statistics'] = (real, fake) => ({ criticReal: mean(real), criticFake: mean(fake) });
/** Cross-entropy of D(x) = σ(x) with the target 1 − s for real and 0 for generated images. */
const crossEntropy: Formula['discriminator'] = (real, fake, s) =>
  mean(real.map((x) => (1 - s) * softplus(-x) + s * softplus(x))) + mean(fake.map(softplus));

const formulas: Record<AdversarialLoss, Formula> = {
  'non-saturating': {
    discriminator: crossEntropy,
    generator: (fake) => mean(fake.map((x) => softplus(-x))),
    statistics: scores,
  },
  minimax: { discriminator: crossEntropy, generator: (fake) => -mean(fake.map(softplus)), statistics: scores },
  'least-squares': {
    discriminator: (real, fake, s) => mean(real.map((x) => (x - 1 + s) ** 2)) / 2 + mean(fake.map((x) => x ** 2)) / 2,
    generator: (fake) => mean(fake.map((x) => (x - 1) ** 2)) / 2,
    statistics: outputs,
  },
  hinge: {
    discriminator: (real, fake) =>
      mean(real.map((x) => Math.max(0, 1 - x))) + mean(fake.map((x) => Math.max(0, 1 + x))),
    generator: (fake) => -mean(fake),
    statistics: outputs,
  },
  wasserstein: {
    discriminator: (real, fake) => mean(fake) - mean(real),
    generator: (fake) => -mean(fake),
    statistics: (real, fake) => ({ ...outputs(real, fake), wassersteinDistance: mean(real) - mean(fake) }),
  },
  relativistic: {
    discriminator: (real, fake) => mean(real.map((x, i) => softplus(fake[i]! - x))),
    generator: (fake, real) => mean(real.map((x, i) => softplus(x - fake[i]!))),
    statistics: (real, fake) => ({
      margin: mean(real.map((x, i) => x - fake[i]!)),
      pairAccuracy: mean(real.map((x, i) => Number(x > fake[i]!))),
    }),
  },
};
const names = Object.keys(formulas) as AdversarialLoss[];
/** Those whose real images have a target. */
const smoothed: readonly AdversarialLoss[] = ['non-saturating', 'minimax', 'least-squares'];

describe('objectives', () => {
  let engine: Engine;
  before(async () => {
    engine = await createEagerEngine('cpu');
  });
  after(() => engine.dispose());

  // Away from the corners of the hinge, and from equal pairs.
  const real = [-2.5, 0, 0.75, 30, 1.25, -0.5];
  const fake = [4, -0.125, -60, 1.5, -1.5, 0.25];
  /** One logit an image, and two images whose three patches are judged each. */
  const shapes: readonly (readonly number[])[] = [
    [6, 1],
    [2, 3, 1, 1],
  ];
  const options = { labelSmoothing: 0 };

  for (const name of names) {
    const objective = objectives[name];
    const formula = formulas[name];
    const given = (shape: readonly number[]) => [tensor(real, ...shape), tensor(fake, ...shape)] as const;

    // Rounding of a few float32 operations, 6e-8 each.
    it(`${name}: losses and statistics as computed in float64`, () => {
      for (const shape of shapes) {
        const [r, f] = given(shape);
        close(numberOf(objective.discriminatorLoss(r, f, options)), formula.discriminator(real, fake, 0), 1e-6);
        close(
          numberOf(objective.generatorLoss(f, objective.relativistic ? r : null)),
          formula.generator(fake, real),
          1e-6,
        );
        const statistics = objective.statistics(r, f);
        const expected = formula.statistics(real, fake);
        assert.deepEqual(Object.keys(statistics), Object.keys(expected));
        for (const [key, value] of Object.entries(statistics)) close(numberOf(value), expected[key] as number, 1e-6);
      }
    });

    it(`${name}: gradients as by differences in float64`, () => {
      const [r, f] = given([6, 1]);
      const [byReal, byFake] = tf.grads((r, f) => objective.discriminatorLoss(r!, f!, options))([r, f]);
      allClose(
        byReal!.dataSync(),
        slopes((at) => formula.discriminator(at, fake, 0), real),
        1e-6,
      );
      allClose(
        byFake!.dataSync(),
        slopes((at) => formula.discriminator(real, at, 0), fake),
        1e-6,
      );
      const generator = tf.grad((f) => objective.generatorLoss(f, r))(f);
      allClose(
        generator.dataSync(),
        slopes((at) => formula.generator(at, real), fake),
        1e-6,
      );
    });

    if (smoothed.includes(name)) {
      it(`${name}: label smoothing lowers the target of real images alone`, () => {
        const [r, f] = given([6, 1]);
        const smooth = { labelSmoothing: 0.1 };
        close(numberOf(objective.discriminatorLoss(r, f, smooth)), formula.discriminator(real, fake, 0.1), 1e-6);
        const [byReal, byFake] = tf.grads((r, f) => objective.discriminatorLoss(r!, f!, smooth))([r, f]);
        allClose(
          byReal!.dataSync(),
          slopes((at) => formula.discriminator(at, fake, 0.1), real),
          1e-6,
        );
        allClose(
          byFake!.dataSync(),
          slopes((at) => formula.discriminator(real, at, 0), fake),
          1e-6,
        );
      });
    }
  }

  for (const name of ['non-saturating', 'minimax', 'relativistic'] as const) {
    it(`${name}: losses and gradients are finite at logits of ±10,000`, () => {
      const objective = objectives[name];
      const [r, f] = [tensor([-10_000, 10_000, 10_000], 3, 1), tensor([10_000, -10_000, 10_000], 3, 1)];
      const { value, grads } = tf.valueAndGrads((r, f) => objective.discriminatorLoss(r!, f!, options))([r, f]);
      const generator = tf.valueAndGrad((f: tf.Tensor) => objective.generatorLoss(f, r))(f);
      for (const tensor of [value, ...grads, generator.value, generator.grad]) {
        assert.ok(tensor.dataSync().every(Number.isFinite));
      }
    });
  }

  it('is 2 log 2 for a discriminator that cannot tell, and log 2 for pairs', () => {
    const undecided = tensor([0, 0], 2, 1);
    close(numberOf(objectives.minimax.discriminatorLoss(undecided, undecided, options)), 2 * Math.LN2, 1e-6);
    close(numberOf(objectives.relativistic.generatorLoss(undecided, undecided)), Math.LN2, 1e-6);
  });

  it('the relativistic objective asks for real logits', () => {
    assert.throws(() => objectives.relativistic.generatorLoss(tensor([0], 1, 1), null), /logits of real images/);
  });
});
