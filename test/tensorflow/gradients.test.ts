import * as tf from '@tensorflow/tfjs-core';
import type { Engine, StepFunction } from '../../sidecar/engine/engine.ts';
import { assertClose, numbers, runOn } from '../engine/support.ts';
import { onnxEngine, tensorflowEngine } from './engines.ts';

const image = numbers([2, 6, 6, 4]);
const matrix = numbers([5, 6]);
const positive = numbers([5, 6], 0.5, 1.5);

/** Both sum in orders of their own, some hundred products, twice back; relative to the largest element. */
const TOLERANCE = 1e-5;

const filter = (shape: [number, number, number, number]) => tf.tensor4d(numbers(shape, -0.5, 0.5, 1).data, shape);
const as4d = (x: tf.Tensor) => x as tf.Tensor4D;
const as2d = (x: tf.Tensor) => x as tf.Tensor2D;

const onImages: Record<string, (x: tf.Tensor4D) => tf.Tensor> = {
  'conv2d, stride 2': (x) => tf.tanh(tf.conv2d(x, filter([3, 3, 4, 5]), 2, 'same')),
  'conv2d, valid': (x) => tf.sigmoid(tf.conv2d(x, filter([3, 3, 4, 5]), 1, 'valid')),
  'conv2dTranspose, stride 2': (x) => tf.tanh(tf.conv2dTranspose(x, filter([4, 4, 3, 4]), [2, 12, 12, 3], 2, 'same')),
  depthwiseConv2d: (x) => tf.tanh(tf.depthwiseConv2d(x, filter([3, 3, 4, 1]), 1, 'same')),
  avgPool: (x) => tf.square(tf.avgPool(x, 2, 2, 'same')),
  maxPool: (x) => tf.square(tf.maxPool(x, 2, 2, 'valid')),
  resizeNearestNeighbor: (x) => tf.square(tf.image.resizeNearestNeighbor(x, [12, 12])),
  resizeBilinear: (x) => tf.square(tf.image.resizeBilinear(x, [12, 12])),
  'batch normalisation': (x) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    return tf.tanh(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3))));
  },
  pad: (x) =>
    tf.exp(
      tf.pad(x, [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ]),
    ),
  'slice and concat': (x) =>
    tf.exp(tf.concat([tf.slice(x, [0, 1, 2, 0], [2, 3, 3, 4]), tf.slice(x, 0, [2, 3, 3, 4])], 3)),
};

const onMatrices: Record<string, (x: tf.Tensor2D) => tf.Tensor> = {
  matMul: (x) => tf.tanh(tf.matMul(x, as2d(tf.transpose(x)))),
  'matMul, transposed': (x) => tf.tanh(tf.matMul(x, x, true, false)),
  relu: (x) => tf.relu(x),
  leakyRelu: (x) => tf.square(tf.leakyRelu(x, 0.2)),
  elu: (x) => tf.elu(x),
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
  softplus: (x) => tf.softplus(x),
  exp: (x) => tf.exp(x),
  softmax: (x) => tf.softmax(x),
  logSoftmax: (x) => tf.square(tf.logSoftmax(x)),
  'layer normalisation': (x) => {
    const { mean, variance } = tf.moments(x, 1, true);
    return tf.exp(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3))));
  },
  abs: (x) => tf.exp(tf.abs(x)),
  'maximum, broadcast': (x) => tf.square(tf.maximum(x, tf.tensor1d([0, 0.1, -0.1, 0.2, 0.3, -0.2]))),
};

const onPositive: Record<string, (x: tf.Tensor2D) => tf.Tensor> = {
  log: (x) => tf.log(x),
  sqrt: (x) => tf.sqrt(x),
  rsqrt: (x) => tf.rsqrt(x),
  'mean, division': (x) => tf.div(x, tf.mean(x, 1, true)),
  'L2 norm': (x) => tf.exp(tf.norm(x, 2, 1)),
};

/** f, the gradient of a weighted sum of it, and the gradient of a penalty on the gradient's length (Gulrajani et al. 2017). */
const penalised =
  (f: (x: tf.Tensor) => tf.Tensor): StepFunction =>
  ({ x }) => {
    const first = tf.grad((at) => {
      const y = f(at);
      return tf.sum(tf.mul(y, tf.tensor(numbers(y.shape, 0.5, 1.5, 99).data, y.shape)));
    });
    const penalty = (at: tf.Tensor) => tf.square(tf.sub(tf.sqrt(tf.add(tf.sum(tf.square(first(at))), 1e-6)), 1));
    return { value: f(x!), first: first(x!), second: tf.grad(penalty)(x!) };
  };

describe('gradients on TensorFlow are those on ONNX Runtime', () => {
  let onnx: Engine;
  let tensorflow: Engine;

  before(async () => {
    onnx = await onnxEngine();
    tensorflow = await tensorflowEngine();
  });

  after(() => Promise.all([onnx.dispose(), tensorflow.dispose()]));

  const compare = (name: string, f: (x: tf.Tensor) => tf.Tensor, x: ReturnType<typeof numbers>) =>
    it(`${name}, first and second order`, async () => {
      const expected = await runOn(onnx, penalised(f), { x });
      const actual = await runOn(tensorflow, penalised(f), { x });
      for (const part of ['value', 'first', 'second']) assertClose(actual[part]!, expected[part]!, part, TOLERANCE);
    });

  for (const [name, f] of Object.entries(onImages)) compare(name, (x) => f(as4d(x)), image);
  for (const [name, f] of Object.entries(onMatrices)) compare(name, (x) => f(as2d(x)), matrix);
  for (const [name, f] of Object.entries(onPositive)) compare(name, (x) => f(as2d(x)), positive);
});
