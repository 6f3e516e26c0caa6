import assert from 'node:assert/strict';
import { versions } from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, StepFunction } from '../../sidecar/engine/engine.ts';
import { OutOfMemoryError, StepError } from '../../sidecar/engine/errors/errors.ts';
import { measureTensorFlow } from '../../sidecar/engine/tensorflow/tensorflow.ts';
import { numbers } from '../engine/support.ts';
import { close } from '../training/fixtures.ts';
import { TFJS_VERSION } from './binding.ts';
import { onnxEngine, tensorflowEngine } from './engines.ts';

const counter = { seed: 1, step: 0 };

describe('the engine on TensorFlow', () => {
  let engine: Engine;

  beforeEach(async () => {
    engine = await tensorflowEngine();
  });

  afterEach(() => engine.dispose());

  const runs = (step: StepFunction) => engine.compile('test', step).run({}, counter);

  it(`runs in Node.js ${versions.node}, and says on what`, async () => {
    assert.deepEqual(engine.device, {
      id: 'tensorflow',
      name: 'TensorFlow (CPU)',
      engine: `@tensorflow/tfjs-node ${TFJS_VERSION}`,
    });
    // topk is one of the kernels that need what Node.js 23 dropped.
    const { values } = await runs(() => ({ values: tf.topk(tf.tensor1d([3, 1, 2]), 2).values }));
    assert.deepEqual([...values!.data], [3, 2]);
  });

  it('shares the process with ONNX Runtime', async () => {
    const onnx = await onnxEngine();
    const step: StepFunction = ({ x }) => ({ y: tf.mean(tf.exp(x!)) });
    const compiled = [onnx.compile('onnx', step), engine.compile('tensorflow', step)];
    const inputs = { x: numbers([5, 7]) };
    for (let round = 0; round < 2; round++) {
      const [expected, actual] = await Promise.all(compiled.map((each) => each.run(inputs, counter)));
      assert.ok(Math.abs(actual!.y!.data[0]! - expected!.y!.data[0]!) < 1e-6);
    }
    await onnx.dispose();
  });

  it('is measured without becoming the current backend', async () => {
    const onnx = await onnxEngine();
    const before = [tf.getBackend(), tf.memory().numTensors];
    const gflops = await measureTensorFlow(10);
    assert.ok(gflops > 0 && Number.isFinite(gflops), String(gflops));
    assert.deepEqual([tf.getBackend(), tf.memory().numTensors], before);
    await onnx.dispose();
  });

  it('draws the random numbers that every engine draws', async () => {
    const onnx = await onnxEngine();
    const step: StepFunction = (_, random) => ({
      normal: random.normal([50]),
      uniform: random.uniform([50]),
      dropout: random.dropout([200], 0.3),
    });
    const [expected, actual] = await Promise.all(
      [onnx, engine].map((each) => each.compile('random', step).run({}, counter)),
    );
    assert.deepEqual(actual, expected);
    await onnx.dispose();
  });

  it('updates variables, and keeps no tensor from step to step or at the end', async () => {
    const before = tf.memory().numTensors;
    const weights = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    const step = engine.compile('descent', ({ x }) => {
      const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(tf.mul(weights, x!))) as tf.Scalar, [weights]);
      weights.assign(tf.sub(weights, tf.mul(grads[weights.name]!, 0.25)));
      return { loss: value, weights };
    });
    const inputs = { x: { dtype: 'float32', shape: [2], data: Float32Array.of(1, 1) } } as const;
    const first = await step.run(inputs, counter);
    const count = () => [tf.memory().numTensors, tf.memory().numDataBuffers, tf.backend().numDataIds()];
    const held = count();
    const second = await step.run(inputs, counter);
    assert.deepEqual(
      [first, second].map(({ loss, weights }) => [loss!.data[0], ...weights!.data]),
      [
        [5, 0.5, 1],
        [1.25, 0.25, 0.5],
      ],
    );
    assert.deepEqual(count(), held);
    weights.dispose();
    await engine.dispose();
    assert.equal(tf.memory().numTensors, before);
    await assert.rejects(step.run(inputs, counter), StepError);
  });

  const failures: Record<string, { readonly fails: () => tf.Tensor; readonly error: RegExp }> = {
    'an operation that TensorFlow refuses': {
      fails: () => tf.add(tf.zeros([2]), tf.zeros([3])),
      error: /Incompatible shapes: \[2\] vs. \[3\]/,
    },
    'an operation that its binding refuses': {
      fails: () => tf.gather(tf.zeros([2]), tf.tensor1d([7], 'int32')),
      error: /index value 7 is not in \[0, 1\]/,
    },
  };
  for (const [what, { fails, error }] of Object.entries(failures)) {
    it(`${what} fails the step, and leaves variables and memory as they were`, async () => {
      const weights = tf.variable(tf.tensor1d([1, 2]));
      const before = tf.memory().numTensors;
      const failing = runs(() => {
        weights.assign(tf.tensor1d([8, 9]));
        tf.variable(tf.zeros([1]), true, 'late');
        return { never: fails() };
      });
      await assert.rejects(failing, error);
      assert.deepEqual([...(await weights.data())], [1, 2]);
      assert.equal(tf.memory().numTensors, before);
      assert.ok(!('late' in tf.engine().registeredVariables));
      weights.dispose();
    });
  }

  it('runs the optimizers of TensorFlow.js, which make variables in their first step', async () => {
    const losses = async (open: () => Promise<Engine>) => {
      const on = await open();
      const weights = tf.variable(tf.ones([4, 1]));
      const optimizer = tf.train.adam(0.1);
      const step = on.compile('adam', ({ x }) => {
        const hidden = tf.dropout(x as tf.Tensor2D, 0.25);
        const loss = () => tf.mean(tf.square(tf.matMul(hidden, weights as tf.Tensor2D))) as tf.Scalar;
        return { loss: optimizer.minimize(loss, true, [weights])! };
      });
      const found: number[] = [];
      for (let at = 0; at < 4; at++) {
        const { loss } = await step.run({ x: numbers([8, 4]) }, { seed: 1, step: at });
        found.push(loss!.data[0]!);
      }
      optimizer.dispose();
      weights.dispose();
      await on.dispose();
      return found;
    };
    const expected = await losses(onnxEngine);
    const actual = await losses(tensorflowEngine);
    for (const [at, loss] of actual.entries()) close(loss, expected[at]!, 2e-6);
  });

  it('refuses a step that makes variables every time', async () => {
    const step = engine.compile('wasteful', () => ({ made: tf.variable(tf.zeros([1])) }));
    await step.run({}, counter);
    await assert.rejects(step.run({}, counter), /makes variables \(\d+\) every time; make them before the step/);
    tf.disposeVariables();
  });

  it('says that memory is short in the words that every device uses', async () => {
    // 2⁴⁷ bytes: more than a process can address, so nothing is ever taken.
    const long = 6_000_000;
    const failing = runs(() => ({ far: tf.sum(tf.matMul(tf.ones([long, 1]), tf.ones([1, long]))) }));
    await assert.rejects(failing, (error: unknown) => {
      assert.ok(error instanceof OutOfMemoryError, String(error));
      assert.equal(error.device, 'tensorflow');
      assert.match(error.detail, /OOM when allocating tensor with shape\[6000000,6000000\]/);
      return true;
    });
  });
});
