import type * as tf from '@tensorflow/tfjs-core';
import type { HostTensor } from '../../sidecar/engine/engine.ts';
import { checkGradients, type Formula } from './finite-differences.ts';
import type { TensorFlow } from './float64.ts';
import { numbers } from './support.ts';

/** Away from the corners of piecewise functions, so that differences see one piece. */
const positive = numbers([3, 4], 0.5, 1.5);
const any = numbers([3, 4], -1, 1);
/** Squares below 0.5 and above 1.4, to be compared with numbers near 0.9. */
const apart: HostTensor = { ...any, data: any.data.map((x, at) => (at % 2 ? 0.6 : 1.3) + 0.1 * x) as Float32Array };
const between = numbers([4], 0.8, 0.9, 1);
/** Both signs, none near 0. */
const signed: HostTensor = { ...positive, data: positive.data.map((x, at) => (at % 3 === 0 ? -x : x)) as Float32Array };

/** Values that differ by at least 0.05, in no order: greatest and least stay who they are. */
function distinct(shape: readonly number[], use = 0): HostTensor {
  const { data } = numbers(shape, 0, 1, use);
  const order = [...data.keys()].sort((a, b) => data[a]! - data[b]!);
  const values = new Float32Array(data.length);
  for (const [rank, at] of order.entries()) values[at] = 0.05 * (rank - data.length / 2) + 0.025;
  return { dtype: 'float32', shape, data: values };
}

type Case = readonly [Formula, ...HostTensor[]];

const image = numbers([2, 5, 6, 2]);
const filter = numbers([3, 3, 2, 3], -0.5, 0.5, 1);
const as4d = (x: tf.Tensor) => x as tf.Tensor4D;
const as5d = (x: tf.Tensor) => x as tf.Tensor5D;

const elementwise: Record<string, Case> = {
  exp: [(tf, x) => tf.exp(x!), any],
  expm1: [(tf, x) => tf.expm1(x!), any],
  log: [(tf, x) => tf.log(x!), positive],
  log1p: [(tf, x) => tf.log1p(x!), positive],
  sqrt: [(tf, x) => tf.sqrt(x!), positive],
  rsqrt: [(tf, x) => tf.rsqrt(x!), positive],
  square: [(tf, x) => tf.square(x!), any],
  reciprocal: [(tf, x) => tf.reciprocal(x!), positive],
  tanh: [(tf, x) => tf.tanh(x!), any],
  sigmoid: [(tf, x) => tf.sigmoid(x!), any],
  softplus: [(tf, x) => tf.softplus(x!), any],
  abs: [(tf, x) => tf.abs(x!), signed],
  relu: [(tf, x) => tf.relu(x!), signed],
  leakyRelu: [(tf, x) => tf.leakyRelu(x!, 0.2), signed],
  'prelu, by x and by the slope': [(tf, x, slope) => tf.prelu(x!, slope!), signed, numbers([4], 0.1, 0.4, 3)],
  elu: [(tf, x) => tf.elu(x!), signed],
  selu: [(tf, x) => tf.selu(x!), signed],
  'gelu (tanh form)': [
    (tf, x) => {
      const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x!, tf.mul(0.044715, tf.pow(x!, 3))));
      return tf.mul(tf.mul(0.5, x!), tf.add(1, tf.tanh(inner)));
    },
    any,
  ],
  swish: [(tf, x) => tf.mul(x!, tf.sigmoid(x!)), any],
  clipByValue: [(tf, x) => tf.clipByValue(x!, -0.9, 0.45), signed],
  sin: [(tf, x) => tf.sin(x!), any],
  cos: [(tf, x) => tf.cos(x!), any],
};

const pairs: Record<string, Case> = {
  'addition, broadcast': [(tf, a, b) => tf.add(tf.square(a!), b!), any, numbers([4], -1, 1, 1)],
  'multiplication, broadcast': [(tf, a, b) => tf.mul(a!, b!), any, numbers([3, 1], -1, 1, 1)],
  'division, broadcast': [(tf, a, b) => tf.div(a!, b!), any, numbers([4], 0.5, 1.5, 1)],
  'pow by a constant': [(tf, x) => tf.pow(x!, 3), any],
  'pow by both operands': [(tf, a, b) => tf.pow(a!, b!), positive, numbers([4], 0.5, 2.5, 1)],
  'maximum, broadcast': [(tf, a, b) => tf.maximum(tf.square(a!), b!), apart, between],
  'minimum, broadcast': [(tf, a, b) => tf.minimum(tf.square(a!), b!), apart, between],
  squaredDifference: [(tf, a, b) => tf.squaredDifference(a!, b!), any, numbers([4], -1, 1, 1)],
  'where, by a comparison': [(tf, a, b) => tf.where(tf.greater(a!, 0), tf.square(a!), tf.exp(b!)), signed, any],
  'matMul, both operands': [
    (tf, a, b) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D),
    any,
    numbers([4, 5], -1, 1, 1),
  ],
  'matMul, transposed, batched': [
    (tf, a, b) => tf.matMul(a!, b!, true, true),
    numbers([2, 4, 3]),
    numbers([2, 5, 4], -1, 1, 1),
  ],
};

const reductions: Record<string, Case> = {
  'sum over an axis': [(tf, x) => tf.sum(tf.square(x!), 0), any],
  'mean over all': [(tf, x) => tf.mean(tf.exp(x!)), any],
  'max over an axis': [(tf, x) => tf.max(x!, 1), distinct([3, 4])],
  'min over an axis': [(tf, x) => tf.min(x!, 0), distinct([3, 4])],
  'L2 norm of each row': [(tf, x) => tf.norm(x!, 2, 1), any],
  'L2 norm by squares': [(tf, x) => tf.sqrt(tf.sum(tf.square(x!), 1)), any],
  softmax: [(tf, x) => tf.softmax(x!), any],
  logSoftmax: [(tf, x) => tf.logSoftmax(x!), any],
  logSumExp: [(tf, x) => tf.logSumExp(x!, 1), any],
  cumsum: [(tf, x) => tf.cumsum(x!, 1), any],
};

const layout: Record<string, Case> = {
  reshape: [(tf, x) => tf.reshape(tf.exp(x!), [2, 6]), any],
  transpose: [(tf, x) => tf.transpose(tf.exp(x!)), any],
  slice: [(tf, x) => tf.slice(x!, [1, 0], [2, 3]), any],
  'concat of two': [(tf, a, b) => tf.concat([a!, tf.square(b!)], 1), any, numbers([3, 2], -1, 1, 1)],
  stack: [(tf, a, b) => tf.stack([a!, tf.square(b!)]), any, numbers([3, 4], -1, 1, 1)],
  split: [(tf, x) => tf.mul(...(tf.split(x!, 2, 1) as [tf.Tensor, tf.Tensor])), any],
  tile: [(tf, x) => tf.tile(tf.exp(x!), [2, 1]), any],
  pad: [
    (tf, x) =>
      tf.pad(x!, [
        [1, 2],
        [0, 1],
      ]),
    any,
  ],
  'mirrorPad, reflected': [
    (tf, x) =>
      tf.mirrorPad(
        x!,
        [
          [1, 2],
          [3, 1],
        ],
        'reflect',
      ),
    any,
  ],
  'gather, one row twice': [(tf, x) => tf.gather(x!, tf.tensor1d([2, 0, 2], 'int32')), any],
  depthToSpace: [(tf, x) => tf.depthToSpace(as4d(x!), 2), numbers([2, 2, 3, 8])],
  reverse: [(tf, x) => tf.reverse(tf.exp(x!), 1), any],
};

const normalisation: Record<string, Case> = {
  'layer norm by moments': [
    (tf, x, gamma) => {
      const { mean, variance } = tf.moments(x!, -1, true);
      return tf.mul(tf.mul(tf.sub(x!, mean), tf.rsqrt(tf.add(variance, 1e-3))), gamma!);
    },
    any,
    numbers([4], 0.5, 1.5, 1),
  ],
  'batch norm by moments': [
    (tf, x, gamma) => {
      const { mean, variance } = tf.moments(x!, [0, 1, 2]);
      return tf.mul(tf.mul(tf.sub(x!, mean), tf.rsqrt(tf.add(variance, 1e-3))), gamma!);
    },
    numbers([2, 3, 3, 2]),
    numbers([2], 0.5, 1.5, 1),
  ],
  'batchNorm, by all of its inputs': [
    (tf, x, mean, variance, offset, scale) =>
      tf.batchNorm(x!, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D, 1e-3),
    numbers([2, 2, 2, 3]),
    numbers([3], -1, 1, 1),
    numbers([3], 0.5, 1.5, 2),
    numbers([3], -1, 1, 3),
    numbers([3], 0.5, 1.5, 4),
  ],
};

const convolutions: Record<string, Case> = {
  'conv2d, stride 2': [(tf, x, w) => tf.conv2d(as4d(x!), as4d(w!), 2, 'same'), image, filter],
  'conv2d, dilated': [(tf, x, w) => tf.conv2d(as4d(x!), as4d(w!), 1, 'same', 'NHWC', [2, 1]), image, filter],
  conv1d: [
    (tf, x, w) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 2, 'same'),
    numbers([2, 7, 2]),
    numbers([3, 2, 3]),
  ],
  'conv2dTranspose, stride 2': [
    (tf, x, w) => tf.conv2dTranspose(as4d(x!), as4d(w!), [2, 6, 7, 2], 2, 'same'),
    numbers([2, 3, 4, 3]),
    filter,
  ],
  'depthwiseConv2d, two filters a channel, stride 2': [
    (tf, x, w) => tf.depthwiseConv2d(as4d(x!), as4d(w!), 2, 'same'),
    image,
    numbers([3, 3, 2, 2], -0.5, 0.5, 1),
  ],
  'depthwiseConv2d, dilated': [
    (tf, x, w) => tf.depthwiseConv2d(as4d(x!), as4d(w!), 1, 'same', 'NHWC', 2),
    image,
    numbers([3, 3, 2, 1], -0.5, 0.5, 1),
  ],
  separableConv2d: [
    (tf, x, depth, point) => tf.separableConv2d(as4d(x!), as4d(depth!), as4d(point!), 1, 'valid'),
    image,
    numbers([2, 2, 2, 2], -0.5, 0.5, 1),
    numbers([1, 1, 4, 3], -0.5, 0.5, 2),
  ],
  'conv3d, stride 2': [
    (tf, x, w) => tf.conv3d(as5d(x!), as5d(w!), 2, 'same'),
    numbers([1, 4, 3, 5, 2]),
    numbers([2, 3, 2, 2, 3], -0.5, 0.5, 1),
  ],
  'conv3dTranspose, stride 2': [
    (tf, x, w) => tf.conv3dTranspose(as5d(x!), as5d(w!), [1, 4, 3, 4, 2], 2, 'same'),
    numbers([1, 2, 2, 2, 3]),
    numbers([2, 3, 2, 2, 3], -0.5, 0.5, 1),
  ],
};

const pooling: Record<string, Case> = {
  'maxPool, 3×3, stride 2, padded': [(tf, x) => tf.maxPool(as4d(x!), 3, 2, 'same'), distinct([2, 5, 4, 2])],
  'avgPool, 3×3, stride 2, padded': [(tf, x) => tf.avgPool(as4d(x!), 3, 2, 'same'), image],
  maxPool3d: [(tf, x) => tf.maxPool3d(as5d(x!), 2, 2, 'same'), distinct([1, 3, 4, 3, 2])],
  avgPool3d: [(tf, x) => tf.avgPool3d(as5d(x!), 2, 2, 'same'), numbers([1, 3, 4, 3, 2])],
  'resizeNearestNeighbor to twice': [(tf, x) => tf.image.resizeNearestNeighbor(as4d(x!), [10, 12]), image],
  'resizeNearestNeighbor, corners aligned': [(tf, x) => tf.image.resizeNearestNeighbor(as4d(x!), [7, 4], true), image],
  'resizeNearestNeighbor, from centres': [
    (tf, x) => tf.image.resizeNearestNeighbor(as4d(x!), [7, 4], false, true),
    image,
  ],
  'resizeBilinear to twice': [(tf, x) => tf.image.resizeBilinear(as4d(x!), [10, 12]), image],
  'resizeBilinear, corners aligned': [(tf, x) => tf.image.resizeBilinear(as4d(x!), [7, 4], true), image],
  'resizeBilinear, from centres': [(tf, x) => tf.image.resizeBilinear(as4d(x!), [9, 3], false, true), image],
};

describe('first and second derivatives agree with finite differences in float64', () => {
  for (const cases of [elementwise, pairs, reductions, layout, normalisation, convolutions, pooling]) {
    for (const [name, [f, ...inputs]] of Object.entries(cases)) it(name, () => checkGradients(f, inputs));
  }

  it('losses of TensorFlow.js', async () => {
    const labels = (tf: TensorFlow) => tf.softmax(tf.reshape(tf.range(0, 12), [3, 4]));
    await checkGradients((tf, x) => tf.losses.softmaxCrossEntropy(labels(tf), x!), [any]);
    await checkGradients((tf, x) => tf.losses.sigmoidCrossEntropy(labels(tf), x!), [any]);
    await checkGradients((tf, x) => tf.logSigmoid(x!), [any]);
  });

  it('attention by ops', () =>
    checkGradients(
      (tf, x, q, k, v) => {
        const [queries, keys, values] = [q!, k!, v!].map((w) => tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D));
        const scores = tf.div(tf.matMul(queries!, keys!, false, true), Math.sqrt(3));
        return tf.matMul(tf.softmax(scores), values!);
      },
      [any, ...[1, 2, 3].map((use) => numbers([4, 3], -1, 1, use))],
    ));

  it('a gradient penalty: the derivative by the weights of the norm of a gradient by the input', () =>
    checkGradients(
      (tf, x, first, second) => {
        const critic = (at: tf.Tensor) => {
          const features = tf.tanh(tf.conv2d(as4d(at), as4d(first!), 2, 'same'));
          return tf.matMul(tf.reshape(features, [2, -1]), second as tf.Tensor2D);
        };
        return critic(x!);
      },
      [numbers([2, 5, 5, 2]), numbers([3, 3, 2, 3], -0.5, 0.5, 1), numbers([27, 1], -0.5, 0.5, 2)],
    ));
});
