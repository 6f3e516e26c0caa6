import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { HostTensorMap, StepFunction } from '../../sidecar/engine/engine.ts';
import { OperationError, StepError, UnsupportedOperationError } from '../../sidecar/engine/errors/errors.ts';
import { recordedFor } from '../../sidecar/engine/graph/origin.ts';
import { broadcastingNode, splat } from '../../sidecar/engine/graph/record.ts';
import { evaluate } from '../../sidecar/engine/onnx/evaluate.ts';
import { inOrder } from '../../sidecar/engine/onnx/model.ts';
import { recordingBackend } from '../../sidecar/engine/tracing/backend.ts';
import { runtimeError } from '../../sidecar/engine/tracing/operation-errors.ts';
import { compiledEngine, integers, named, numbers, runOn } from './support.ts';

const run = async (step: StepFunction, inputs: HostTensorMap) => runOn(await compiledEngine(), step, inputs);

/** A line of this file, as errors name it. */
const here = /errors\.test\.ts:\d+/;

describe('errors of the engine name the operation, its shapes and the line of the program', () => {
  it('while recording: shapes that do not fit', () =>
    assert.rejects(
      run(({ x0, x1 }) => ({ y: tf.matMul(x0!, x1!) }), named([numbers([2, 3]), numbers([4, 5])])),
      (error: Error) => {
        assert.ok(error instanceof OperationError);
        assert.match(error.message, /^BatchMatMul\(a: float32\[2,3\], b: float32\[4,5\]\), called at /);
        assert.match(error.message, here);
        return true;
      },
    ));

  it('in a function that is differentiated', () =>
    assert.rejects(
      run(({ x0 }) => ({ y: tf.grad((x) => tf.sum(tf.mul(x, tf.unique(x).values)))(x0!) }), named([numbers([3])])),
      (error: Error) => {
        assert.ok(error instanceof UnsupportedOperationError);
        assert.match(error.message, /cannot run Unique: inside a step .* \(x: float32\[3\]\)/);
        assert.match(error.message, here);
        return true;
      },
    ));

  it('while running: numbers that ONNX Runtime refuses', () =>
    assert.rejects(
      run(({ x0, x1 }) => ({ y: tf.neg(tf.gather(tf.exp(x0!), x1 as tf.Tensor1D)) }), {
        ...named([numbers([3]), integers([2], 7, 9)]),
      }),
      (error: Error) => {
        assert.ok(error instanceof StepError);
        assert.match(error.message, /GatherV2\(x: float32\[3\], indices: int32\[2\]\), called at /);
        assert.match(error.message, here);
        assert.match(error.message, /out of (data )?bounds/);
        return true;
      },
    ));

  it('while compiling: a graph that ONNX Runtime refuses', () => {
    const origin = { operation: 'Add', operands: [{ name: 'a', type: 'bool', shape: [2] }], call: null } as const;
    const refused = recordedFor(origin, () =>
      broadcastingNode('Add', [splat('bool', [2], 1), splat('bool', [2], 0)], 'bool', [2]),
    );
    assert.throws(
      () => evaluate([refused], 1),
      (cause) => {
        const error = runtimeError([refused], cause);
        assert.ok(error instanceof OperationError);
        assert.match(error.message, /^Add\(a: bool\[2\]\): .*bool/);
        assert.doesNotMatch(error.message, /^Add\(a: bool\[2\]\): .*ONNXRuntimeError/);
        return true;
      },
    );
  });

  it('outside a step too, without the line', () => {
    void tf.setBackend('onnx');
    const gathered = tf.gather([1, 2, 3], tf.add(tf.tensor1d([7], 'int32'), tf.scalar(1, 'int32')) as tf.Tensor1D);
    assert.throws(
      () => gathered.dataSync(),
      (error: Error) => error instanceof OperationError && error.message.startsWith('GatherV2(x: float32[3], indices'),
    );
  });

  it('for kernels that are not there', () => {
    void tf.setBackend('onnx');
    assert.throws(
      () => tf.complex([1], [2]),
      (error: Error) => error instanceof UnsupportedOperationError && error.operation === 'Complex',
    );
  });

  it('for results whose shapes only a replay knows', () =>
    assert.rejects(
      run(({ x0 }) => ({ y: tf.unique(x0!).values }), named([numbers([3])])),
      /cannot run Unique: inside a step it cannot depend on the numbers of "x".*x: float32\[3\].*errors\.test\.ts:\d+/,
    ));
});

describe('reading at once', () => {
  beforeEach(() => void tf.setBackend('onnx'));

  it('computes outside a step', () => {
    const x = tf.tensor2d([
      [1, 2],
      [3, 4],
    ]);
    assert.deepEqual([...tf.matMul(x, x).dataSync()], [7, 10, 15, 22]);
    assert.deepEqual(tf.unique([3, 1, 3]).values.arraySync(), [3, 1]);
  });

  it('computes nothing twice: the graph of a training loop that reads its loss does not grow', () => {
    const weight = tf.variable(tf.scalar(3));
    const optimizer = tf.train.momentum(0.1, 0);
    const pending: number[] = [];
    const losses = Array.from({ length: 30 }, () => {
      const loss = tf.tidy(() => optimizer.minimize(() => tf.square(weight) as tf.Scalar, true)!.dataSync()[0]!);
      pending.push(inOrder([recordingBackend().recorded(weight.dataId)]).length);
      return loss;
    });
    assert.ok(Math.abs(losses[29]! - 9 * 0.8 ** 58) < 1e-4, `${losses[29]}`);
    assert.equal(pending[29], pending[5]);
    weight.dispose();
    optimizer.dispose();
  });

  it('reads a program longer than one session holds', () => {
    let x: tf.Tensor = tf.scalar(0);
    for (let at = 0; at < 2500; at += 1) x = tf.add(tf.mul(x, tf.scalar(1.0001)), tf.scalar(1));
    const expected = Array.from({ length: 2500 }).reduce<number>((sum) => sum * 1.0001 + 1, 0);
    assert.ok(Math.abs(x.dataSync()[0]! / expected - 1) < 1e-4);
  });

  it('inside a step says why it cannot, and where', async () => {
    const engine = await compiledEngine();
    for (const step of [
      ({ x0 }: Record<string, tf.Tensor>) => ({ y: tf.scalar(tf.exp(x0!).dataSync()[0]!) }),
      ({ x0 }: Record<string, tf.Tensor>) => ({ y: tf.scalar(x0!.dataSync()[0]!) }),
    ]) {
      await assert.rejects(
        runOn(engine, step as StepFunction, named([numbers([1])])),
        /dataSync\(\) or data\(\) inside a step: .* only when the step is replayed.*errors\.test\.ts:\d+/,
      );
    }
  });

  it('inside a step reads what does not depend on its inputs', async () => {
    const step: StepFunction = ({ x0 }) => ({ y: tf.mul(x0!, tf.add(tf.scalar(1), 1).dataSync()[0]!) });
    const { y } = await run(step, { x0: { dtype: 'float32', shape: [1], data: Float32Array.of(3) } });
    assert.deepEqual([...y!.data], [6]);
  });
});
