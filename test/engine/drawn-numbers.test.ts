import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { MPRandGauss, UniformRandom } from '@tensorflow/tfjs-core/dist/ops/rand_util.js';
import * as tfl from '@tensorflow/tfjs-layers';
import type { StepFunction } from '../../sidecar/engine/engine.ts';
import { normalQuantile } from '../../sidecar/engine/random/normal-quantile.ts';
import { agree, compiledEngine, named, numbers } from './support.ts';

const SIZE = 1 << 14;
/** A fair generator fails one of a million such checks. */
const FIVE_SIGMA = 5 / Math.sqrt(SIZE);

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
const deviation = (values: ArrayLike<number>) => {
  const center = mean(values);
  return Math.sqrt(mean(Array.from(values, (x) => (x - center) ** 2)));
};

async function drawn(draw: () => tf.Tensor, steps: readonly number[]): Promise<ArrayLike<number>[]> {
  const step: StepFunction = () => ({ y: draw() });
  const compiled = (await compiledEngine()).compile('draws', step);
  const results: ArrayLike<number>[] = [];
  for (const at of steps) results.push((await compiled.run({}, { seed: 3, step: at })).y!.data);
  compiled.dispose();
  return results;
}

describe("TensorFlow.js's own random numbers in a step", () => {
  const operations = {
    randomUniform: () => tf.randomUniform([SIZE], -1, 3),
    randomNormal: () => tf.randomNormal([SIZE], 5, 0.5),
    randomStandardNormal: () => tf.randomStandardNormal([SIZE]),
    truncatedNormal: () => tf.truncatedNormal([SIZE], 1, 2),
    'randomUniform of whole numbers': () => tf.randomUniform([SIZE], 0, 10, 'int32'),
    dropout: () => tf.dropout(tf.ones([SIZE]), 0.25),
  };
  for (const [name, draw] of Object.entries(operations)) {
    it(`${name}: new at every step, equal for equal steps`, async () => {
      const [first, second, again] = await drawn(draw, [0, 1, 0]);
      assert.deepEqual(again, first);
      assert.notDeepEqual(second, first);
    });
  }

  it('are the same on both engines', async () => {
    const step: StepFunction = () =>
      Object.fromEntries(Object.entries(operations).map(([name, draw]) => [name, draw()]));
    await agree(step, {});
  });

  it('have the distribution that was asked for', async () => {
    const [uniform] = await drawn(operations.randomUniform, [7]);
    assert.ok(Array.from(uniform!).every((x) => x >= -1 && x < 3));
    assert.ok(Math.abs(mean(uniform!) - 1) < FIVE_SIGMA * (4 / Math.sqrt(12)));
    const [normal] = await drawn(operations.randomNormal, [7]);
    assert.ok(Math.abs(mean(normal!) - 5) < FIVE_SIGMA * 0.5);
    assert.ok(Math.abs(deviation(normal!) - 0.5) < FIVE_SIGMA * 0.5);
    const [truncated] = await drawn(operations.truncatedNormal, [7]);
    assert.ok(Array.from(truncated!).every((x) => x > -3 && x < 5));
    assert.ok(Math.abs(mean(truncated!) - 1) < FIVE_SIGMA * 2);
    // Within ±2 a standard normal has the deviation 0.8796.
    assert.ok(Math.abs(deviation(truncated!) - 2 * 0.8796) < FIVE_SIGMA * 2);
    const [whole] = await drawn(operations['randomUniform of whole numbers'], [7]);
    assert.deepEqual(new Set(Array.from(whole!)), new Set(Array(10).keys()));
    assert.ok(Math.abs(mean(whole!) - 4.5) < FIVE_SIGMA * Math.sqrt(99 / 12));
    const [kept] = await drawn(operations.dropout, [7]);
    assert.deepEqual(new Set(Array.from(kept!)), new Set([0, Math.fround(1 / 0.75)]));
    assert.ok(Math.abs(mean(kept!) - 1) < FIVE_SIGMA * Math.sqrt(1 / 3));
  });

  it('do not repeat within a step, whoever draws them', async () => {
    const step = (await compiledEngine()).compile('draws', (_, random) => ({
      a: tf.randomNormal([50]),
      b: random.normal([50]),
      c: tf.randomNormal([50]),
    }));
    const { a, b, c } = await step.run({}, { seed: 1, step: 0 });
    step.dispose();
    assert.notDeepEqual(a!.data, b!.data);
    assert.notDeepEqual(a!.data, c!.data);
  });

  it('are those of TensorFlow.js where the program gives a seed', async () => {
    const [first, second] = await drawn(() => tf.randomNormal([5], 0, 1, 'float32', 12), [0, 1]);
    const generator = new MPRandGauss(0, 1, 'float32', false, 12);
    assert.deepEqual(
      Array.from(first!),
      Array.from({ length: 5 }, () => Math.fround(generator.nextValue())),
    );
    assert.deepEqual(second, first);
  });

  it('dropout layers drop other elements at every step', async () => {
    const engine = await compiledEngine();
    const model = tfl.sequential({
      layers: [tfl.layers.dropout({ rate: 0.5, inputShape: [200] }), tfl.layers.gaussianNoise({ stddev: 1 })],
    });
    const step = engine.compile('dropout', ({ x0 }) => ({ y: model.apply(x0!, { training: true }) as tf.Tensor }));
    const x = named([numbers([2, 200], 10, 11)]);
    const [a, b, c] = [0, 1, 0].map((at) => step.run(x, { seed: 1, step: at }));
    assert.deepEqual((await c!).y, (await a!).y);
    assert.notDeepEqual((await b!).y, (await a!).y);
    step.dispose();
    model.dispose();
  });

  it('multinomial: categories as often as they are probable', async () => {
    const draw = () => tf.multinomial(tf.log([0.2, 0.5, 0.3]) as tf.Tensor1D, SIZE);
    const [first, second, again] = await drawn(draw, [0, 1, 0]);
    assert.deepEqual(again, first);
    assert.notDeepEqual(second, first);
    for (const [category, probability] of [0.2, 0.5, 0.3].entries()) {
      const share = mean(Array.from(first!, (drawnCategory) => Number(drawnCategory === category)));
      assert.ok(Math.abs(share - probability) < FIVE_SIGMA * Math.sqrt(probability * (1 - probability)));
    }
    const [seeded, later] = await drawn(() => tf.multinomial([0.3, 0.7, 0.1], 20, 9), [0, 1]);
    assert.deepEqual(later, seeded);
  });

  it('gamma is refused, and leaves no generator changed', async () => {
    const { random } = Math;
    await assert.rejects(
      drawn(() => tf.randomGamma([3], 2), [0]),
      /cannot run tf.randomGamma\(\): inside a step/,
    );
    assert.equal(Math.random, random);
    assert.ok(new UniformRandom(0, 1, 'float32', 'seed').nextValue() > 0);
  });
});

describe('the quantile of the normal distribution', () => {
  it('inverts its distribution function', () => {
    for (let x = -3.95; x < 4; x += 0.1) {
      // Φ by its series, x φ(x) (1 + x²/3 + x⁴/15 + …).
      let [term, sum] = [x, x];
      for (let odd = 3; odd < 120; odd += 2) {
        term *= (x * x) / odd;
        sum += term;
      }
      const probability = 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
      assert.ok(Math.abs(normalQuantile(probability) - x) <= 2e-7 * Math.abs(x), `at ${x}`);
    }
  });
});
