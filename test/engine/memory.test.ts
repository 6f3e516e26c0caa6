import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { compiledEngine } from './support.ts';

const LAYERS = 2;
const WIDTH = 8;

describe('memory', () => {
  it('is flat within 2% over 20,000 replays', async () => {
    const engine = await compiledEngine();
    const weights = Array.from({ length: LAYERS }, () =>
      tf.variable(tf.randomNormal([WIDTH, WIDTH], 0, 0.1, 'float32', 1)),
    );
    const step = engine.compile('small', ({ x }, random) => {
      const { value, grads } = tf.variableGrads(() => {
        let y = tf.add(x!, random.normal([8, WIDTH]));
        for (const weight of weights) y = tf.tanh(tf.matMul(y as tf.Tensor2D, weight as unknown as tf.Tensor2D));
        return tf.mean(tf.square(y)) as tf.Scalar;
      }, weights);
      for (const weight of weights) weight.assign(tf.sub(weight, tf.mul(grads[weight.name]!, 0.01)));
      return { loss: value };
    });
    const x = { dtype: 'float32', shape: [8, WIDTH], data: new Float32Array(8 * WIDTH).fill(0.5) } as const;
    const replay = async (from: number, to: number) => {
      for (let at = from; at < to; at += 1) await step.run({ x }, { seed: 1, step: at });
    };
    // JavaScript's compiler and heap grow to their size at first.
    await replay(0, 6_000);
    const before = process.memoryUsage.rss();
    await replay(6_000, 26_000);
    const growth = process.memoryUsage.rss() / before - 1;
    assert.ok(growth < 0.02, `grew by ${(100 * growth).toFixed(1)}% from ${before} bytes`);
    step.dispose();
    for (const weight of weights) weight.dispose();
  }).timeout(120_000);
});
