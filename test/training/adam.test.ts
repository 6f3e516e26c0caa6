import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { Adam } from '../../sidecar/training/adam.ts';
import { Variables } from '../../sidecar/training/variables.ts';
import { createEagerEngine } from './engines.ts';
import { close } from './fixtures.ts';

describe('Adam', () => {
  it('follows algorithm 1 of Kingma and Ba, computed in float64', async () => {
    const engine = await createEagerEngine('cpu');
    const config = { learningRate: 0.01, beta1: 0.5, beta2: 0.99 };
    const variables = new Variables();
    const start = [0.5, -1.25, 3];
    const weight = variables.add('net/weight', [3], Float32Array.from(start), true);
    const adam = new Adam(config, variables.trainable('net'), variables);
    const step = engine.compile('adam', ({ gradient, correction }) => {
      adam.apply({ 'net/weight': gradient as tf.Tensor }, correction as tf.Tensor);
      return { weight: tf.clone(weight) };
    });

    const theta = [...start];
    const m = [0, 0, 0];
    const v = [0, 0, 0];
    for (let t = 1; t <= 20; t++) {
      const gradient = [Math.sin(t), 1e-6 * t, 1000 * Math.cos(t)];
      const inputs = {
        gradient: { dtype: 'float32', shape: [3], data: Float32Array.from(gradient) } as const,
        correction: adam.correction(t),
      };
      const outcome = await step.run(inputs, { seed: 0, step: t });
      gradient.forEach((g, i) => {
        m[i] = config.beta1 * (m[i] as number) + (1 - config.beta1) * g;
        v[i] = config.beta2 * (v[i] as number) + (1 - config.beta2) * g * g;
        const mHat = (m[i] as number) / (1 - config.beta1 ** t);
        const vHat = (v[i] as number) / (1 - config.beta2 ** t);
        theta[i] = (theta[i] as number) - (config.learningRate * mHat) / (Math.sqrt(vHat) + 1e-8);
        close(outcome.weight?.data[i] as number, theta[i] as number, 1e-5);
      });
    }
    const { tensors } = { tensors: await variables.read() };
    assert.deepEqual(Object.keys(tensors), ['net/weight', 'optimizer/net/weight/m', 'optimizer/net/weight/v']);
    variables.dispose();
    await engine.dispose();
  });
});
