import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { readAll, smallGan } from './networks.ts';
import { assertClose, compiledEngine, numbers, runOn, valueAndGradients } from './support.ts';
import { webGpuEngine } from './webgpu-support.ts';

/**
 * Both devices round each operation to float32 but add products in their own order, and GPUs
 * compute tanh, exp and the like to a few units in the last place.
 */
const TOLERANCE = 1e-5;

async function trainGan(engine: Engine, first: number, steps: number, gan = smallGan()) {
  const compiled = engine.compile('small GAN', gan.step);
  const losses: number[] = [];
  for (let at = first; at < first + steps; at += 1) {
    const { d, g } = await compiled.run(gan.inputs(at), { seed: 3, step: at });
    losses.push(d!.data[0]!, g!.data[0]!);
  }
  const weights = await readAll(gan.weights);
  compiled.dispose();
  return { gan, losses, weights };
}

describe('the WebGPU device', () => {
  let engine: Engine;
  before(async function () {
    const opened = await webGpuEngine();
    if (typeof opened === 'string') {
      console.log(`      skipped: ${opened}`);
      this.skip();
    } else engine = opened;
  });
  after(() => engine?.dispose());

  it('trains a small GAN as the CPU does', async () => {
    const gpu = await trainGan(engine, 0, 4);
    const cpu = await trainGan(await compiledEngine(), 0, 4);
    for (const [at, loss] of cpu.losses.entries()) {
      assert.ok(Math.abs(gpu.losses[at]! - loss) < TOLERANCE, `loss ${at}: ${gpu.losses[at]}, on the CPU ${loss}`);
    }
    // Adam divides by the size of the gradient, which magnifies the rounding of small ones.
    for (const [name, value] of Object.entries(cpu.weights)) assertClose(gpu.weights[name]!, value, name, 5e-4);
    gpu.gan.dispose();
    cpu.gan.dispose();
  });

  it('goes on from values that were read and assigned again, as if nothing had been', async () => {
    const straight = await trainGan(engine, 0, 4);
    const begun = await trainGan(engine, 0, 2);
    for (const [name, { data, shape }] of Object.entries(begun.weights)) {
      const value = tf.tensor(data.slice() as Float32Array, [...shape]);
      begun.gan.weights[name]!.assign(value);
      value.dispose();
    }
    const resumed = await trainGan(engine, 2, 2, begun.gan);
    assert.deepEqual(resumed.losses, straight.losses.slice(4));
    assert.deepEqual(resumed.weights, straight.weights);
    straight.gan.dispose();
    begun.gan.dispose();
  });

  it('gives gradients of gradients, for penalties', async () => {
    const penalty = valueAndGradients((x, w) => {
      const logits = (at: tf.Tensor) =>
        tf.sum(tf.tanh(tf.conv2d(at as tf.Tensor4D, w as tf.Tensor4D, 2, 'same'))) as tf.Scalar;
      return tf.square(tf.sub(tf.norm(tf.grad(logits)(x)), 1));
    });
    const inputs = { x0: numbers([2, 4, 4, 2]), x1: numbers([3, 3, 2, 3], -0.5, 0.5, 1) };
    const gpu = await runOn(engine, penalty, inputs);
    const cpu = await runOn(await compiledEngine(), penalty, inputs);
    for (const [name, value] of Object.entries(cpu)) assertClose(gpu[name]!, value, name, TOLERANCE);
  });

  it('keeps variables on the device, and gives their values where something asks', async () => {
    const v = tf.variable(tf.tensor([1, 2, 3]));
    const counts = tf.variable(tf.tensor([1, 2], [2], 'int32'));
    const step = engine.compile('doubles', () => {
      v.assign(tf.mul(v, 2));
      counts.assign(tf.add(counts, tf.scalar(1, 'int32')));
      return { sum: tf.sum(v) };
    });
    const run = async () => [...(await step.run({}, { seed: 1, step: 0 })).sum!.data];
    assert.deepEqual(await run(), [12]);
    // Recorded now, computed later: it must not follow the variable.
    const plusOne = tf.add(v, 1);
    const copied = v.clone();
    assert.deepEqual(await run(), [24]);
    assert.deepEqual([...(await v.data())], [4, 8, 12]);
    assert.deepEqual([...(await plusOne.data())], [3, 5, 7]);
    assert.deepEqual([...(await copied.data())], [2, 4, 6]);
    assert.deepEqual([...(await counts.data())], [3, 4]);
    // A constant of another step, traced while the variable is on the device.
    const reads = engine.compile('reads', () => ({ both: tf.add(copied, v) }));
    assert.deepEqual([...(await reads.run({}, { seed: 1, step: 0 })).both!.data], [6, 12, 18]);
    await run();
    assert.deepEqual([...(await reads.run({}, { seed: 1, step: 0 })).both!.data], [10, 20, 30]);
    tf.dispose([v, counts, plusOne, copied]);
  });

  it('hands variables to the CPU and takes them back', async () => {
    const v = tf.variable(tf.tensor([1, 2]));
    const doubles = () => {
      v.assign(tf.mul(v, 2));
      return { v: tf.add(v, 0) };
    };
    const counter = { seed: 1, step: 0 };
    const there = engine.compile('there', doubles);
    const here = (await compiledEngine()).compile('here', doubles);
    await there.run({}, counter);
    assert.deepEqual([...(await here.run({}, counter)).v!.data], [4, 8]);
    assert.deepEqual([...(await there.run({}, counter)).v!.data], [8, 16]);
    assert.deepEqual([...(await v.data())], [8, 16]);
    v.dispose();
  });
});
