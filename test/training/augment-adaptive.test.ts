import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import type { AdversarialLoss } from '../../sidecar/objectives/abouts.ts';
import { objectives } from '../../sidecar/objectives/index.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { type AdaptiveState, adapt, overfitting } from '../../sidecar/training/augment/adaptive.ts';
import { mean, numberOf, someNumbers, tensor } from './by-hand.ts';
import { createEagerEngine, eachEngine } from './engines.ts';
import { close } from './fixtures.ts';

const names = ['probability', 'signs', 'batches'] as const;
const target = 0.6;

eachEngine((engineName, createEngine) => {
  describe(`adaptive augmentation, ${engineName}`, () => {
    let engine: Engine;
    before(async () => {
      engine = await createEngine();
    });
    after(() => engine.dispose());

    /** The rule over variables, as a run has it. */
    function follow(batchSize: number, probability: number, from?: Record<string, HostTensor>) {
      const variables = new Variables();
      const state = Object.fromEntries(
        names.map((name) => [
          name,
          variables.add(name, [], Float32Array.of(name === 'probability' ? probability : 0), false),
        ]),
      ) as unknown as Record<keyof AdaptiveState, tf.Variable<tf.Rank.R0>>;
      if (from) variables.assign(from);
      const step = engine.compile('adapt', ({ signs }) => {
        const next = adapt(state, signs as tf.Scalar, { target, batchSize });
        for (const name of names) state[name].assign(next[name]);
        return { probability: next.probability };
      });
      return {
        variables,
        async after(signs: number): Promise<number> {
          const input = { dtype: 'float32', shape: [], data: Float32Array.of(signs) } as const;
          return (await step.run({ signs: input }, { seed: 0, step: 0 })).probability!.data[0]!;
        },
        dispose() {
          step.dispose();
          variables.dispose();
        },
      };
    }

    it('moves every four batches by the fixed speed, towards the target of the mean', async () => {
      const batchSize = 5000;
      const rule = follow(batchSize, 0.5);
      const signs = someNumbers(40, 1).map((x) => 0.6 + 0.4 * x);
      let expected = 0.5;
      for (const [at, each] of signs.entries()) {
        const p = await rule.after(each);
        if (at % 4 === 3) {
          const r = mean(signs.slice(at - 3, at + 1));
          expected += (Math.sign(r - target) * 4 * batchSize) / 500_000;
        }
        // One rounding of float32 a move.
        close(p, expected, 1e-6);
      }
      rule.dispose();
    });

    it('rises from 0 to 1 in 500,000 images, and stays within them', async () => {
      const rule = follow(12_500, 0);
      for (let batch = 1; batch <= 40; batch += 1) {
        close(await rule.after(1), 0.1 * Math.floor(batch / 4), 1e-6);
      }
      for (let batch = 0; batch < 8; batch += 1) close(await rule.after(1), 1, 1e-6);
      // No wind-up beyond 1: it falls at once.
      for (let batch = 0; batch < 4; batch += 1) await rule.after(-1);
      close(await rule.after(-1), 0.9, 1e-6);
      for (let batch = 0; batch < 50; batch += 1) await rule.after(-1);
      assert.equal(await rule.after(-1), 0);
      rule.dispose();
    });

    it('goes on from its variables bit for bit', async () => {
      const signs = someNumbers(22, 1, 1);
      const whole = follow(64, 0.25);
      for (const each of signs) await whole.after(each);
      const expected = await whole.variables.read();
      whole.dispose();

      // In the middle of four batches.
      const begun = follow(64, 0.25);
      for (const each of signs.slice(0, 10)) await begun.after(each);
      const kept = await begun.variables.read();
      begun.dispose();
      const resumed = follow(64, 0.25, kept);
      for (const each of signs.slice(10)) await resumed.after(each);
      assert.deepEqual(await resumed.variables.read(), expected);
      resumed.dispose();
    });
  });
});

describe('the overfitting heuristic', () => {
  let engine: Engine;
  before(async () => {
    engine = await createEagerEngine('cpu');
  });
  after(() => engine.dispose());

  it('is the mean sign of what speaks for real', () => {
    const real = tensor([2, 0.4, -1, 0.25], 4, 1);
    const fake = tensor([3, -2, -2, 0.125], 4, 1);
    const r = (loss: AdversarialLoss) => numberOf(overfitting(objectives[loss].evidence(real, fake)));
    assert.equal(r('non-saturating'), (1 + 1 - 1 + 1) / 4);
    assert.equal(r('minimax'), r('non-saturating'));
    assert.equal(r('hinge'), r('non-saturating'));
    assert.equal(r('least-squares'), (1 - 1 - 1 - 1) / 4);
    assert.equal(r('relativistic'), (-1 + 1 + 1 + 1) / 4);
    assert.equal(r('wasserstein'), r('relativistic'));
  });
});
