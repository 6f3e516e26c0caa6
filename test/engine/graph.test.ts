import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { HostTensorMap, StepFunction } from '../../sidecar/engine/engine.ts';
import { inOrder } from '../../sidecar/engine/onnx/model.ts';
import { recordingBackend } from '../../sidecar/engine/tracing/backend.ts';
import { traceStep } from '../../sidecar/engine/tracing/trace.ts';
import { compiledEngine, named, numbers } from './support.ts';

/** The ONNX operations that a step is recorded as. */
async function operations(step: StepFunction, inputs: HostTensorMap): Promise<string[]> {
  await compiledEngine();
  const { outputs, assignments } = traceStep(recordingBackend(), 'test', step, inputs);
  return inOrder([...outputs, ...assignments].map(({ value }) => value)).flatMap(({ definition }) =>
    definition.kind === 'node' ? [definition.op] : [],
  );
}

const count = (ops: readonly string[], op: string): number => ops.filter((each) => each === op).length;

describe('a recorded graph', () => {
  it('holds no work that no output needs', async () => {
    const step: StepFunction = ({ x0 }) => {
      tf.exp(x0!);
      return { y: tf.neg(x0!) };
    };
    assert.deepEqual(await operations(step, named([numbers([3])])), ['Neg']);
  });

  it('computes equal things once', async () => {
    const step: StepFunction = ({ x0 }) => ({ y: tf.add(tf.exp(x0!), tf.sin(tf.exp(x0!))) });
    assert.deepEqual(await operations(step, named([numbers([3])])), ['Exp', 'Sin', 'Add']);
  });

  it('drops what changes nothing', async () => {
    const step: StepFunction = ({ x0 }) => {
      const same = tf.reshape(tf.transpose(tf.transpose(x0!, [1, 0])), [2, 3]);
      return { y: tf.neg(tf.add(tf.mul(tf.div(same, 1), tf.ones([2, 3])), tf.zerosLike(same))) };
    };
    assert.deepEqual(await operations(step, named([numbers([2, 3])])), ['Neg']);
  });

  it('broadcasts without spelling out: the gradient of a mean takes no memory for its ones', async () => {
    const step: StepFunction = ({ x0, x1 }) => ({ y: tf.grad((x) => tf.mean(tf.mul(x, x1!)))(x0!) });
    const ops = await operations(step, named([numbers([4, 5]), numbers([4, 5], -1, 1, 1)]));
    assert.deepEqual(ops, ['Mul']);
  });

  it('gathers the patches of a convolution once for its value and the gradient of its filter', async () => {
    const step: StepFunction = ({ x0, x1 }) => {
      const convolve = (filter: tf.Tensor) => tf.conv2d(x0 as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same');
      return { y: convolve(x1!), gradient: tf.grad((filter) => tf.sum(convolve(filter)))(x1!) };
    };
    const ops = await operations(step, named([numbers([2, 8, 8, 3]), numbers([3, 3, 3, 4])]));
    assert.equal(count(ops, 'Gather'), 1);
    assert.equal(count(ops, 'Transpose'), 0);
  });

  it('adds a bias to the matrix product, where ONNX Runtime fuses them', async () => {
    const step: StepFunction = ({ x0, x1, x2 }) => ({
      y: tf.neg(tf.add(tf.conv2d(x0 as tf.Tensor4D, x1 as tf.Tensor4D, 1, 'valid'), x2!)),
    });
    const ops = await operations(step, named([numbers([2, 8, 8, 16]), numbers([3, 3, 16, 64]), numbers([64])]));
    assert.deepEqual(ops.slice(ops.indexOf('MatMul')), ['MatMul', 'Add', 'Reshape', 'Neg']);
  });
});
