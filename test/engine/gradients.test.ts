import * as tf from '@tensorflow/tfjs-core';
import { checkGradients, SMOOTH } from './finite-differences.ts';
import { numbers } from './support.ts';

/** Away from the corners of piecewise functions, so that differences see one piece. */
const positive = numbers([3, 4], 0.5, 1.5);
const negative = numbers([3, 4], -1.5, -0.5);
const any = numbers([3, 4], -1, 1);

const functions = {
  exp: [tf.exp, any],
  tanh: [tf.tanh, any],
  sigmoid: [tf.sigmoid, any],
  softplus: [tf.softplus, any],
  sqrt: [tf.sqrt, positive],
  rsqrt: [tf.rsqrt, positive],
  log: [tf.log, positive],
  square: [tf.square, any],
  abs: [tf.abs, negative],
  'elu above 0': [tf.elu, positive],
  'elu below 0': [tf.elu, negative],
  'relu above 0': [tf.relu, positive],
  'leakyRelu below 0': [(x: tf.Tensor) => tf.leakyRelu(x, 0.2), negative],
  softmax: [tf.softmax, any],
} as const;

describe('gradients agree with finite differences', function () {
  this.timeout(30_000);

  for (const [name, [f, x]] of Object.entries(functions)) {
    it(name, () => checkGradients((at) => tf.mul(f(at!), f(at!)), [x]));
    it(`${name}, second derivative`, () => checkGradients((at) => tf.grad((z) => tf.square(f(z)))(at!), [x]));
  }

  it('greatest, least and squared difference, with a broadcast operand', async () => {
    const apart = [numbers([3, 4], 1, 2), numbers([4], -2, -1, 1)];
    for (const f of [tf.maximum, tf.minimum, tf.squaredDifference]) {
      await checkGradients((a, b) => f(tf.square(a!), b!), apart);
    }
  });

  it('batch normalisation by moments', () =>
    checkGradients(
      (x, gamma) => {
        const { mean, variance } = tf.moments(x!, [0, 1, 2]);
        return tf.mul(tf.mul(tf.sub(x!, mean), tf.rsqrt(tf.add(variance, 1e-3))), gamma!);
      },
      [numbers([2, 3, 3, 2]), numbers([2], 0.5, 1.5, 1)],
    ));

  it('a convolution and a transposed one of stride 2', () =>
    checkGradients(
      (x, down, up) => {
        const small = tf.tanh(tf.conv2d(x as tf.Tensor4D, down as tf.Tensor4D, 2, 'same'));
        return tf.tanh(tf.conv2dTranspose(small, up as tf.Tensor4D, [2, 7, 7, 2], 2, 'same'));
      },
      [numbers([2, 7, 7, 2]), numbers([3, 3, 2, 4], -0.5, 0.5, 1), numbers([5, 5, 2, 4], -0.5, 0.5, 2)],
    ));

  it('a gradient penalty: the derivative by the weights of the norm of a gradient by the input', () =>
    checkGradients(
      (x, first, second) => {
        const critic = (at: tf.Tensor) => {
          const features = tf.tanh(tf.conv2d(at as tf.Tensor4D, first as tf.Tensor4D, 2, 'same'));
          return tf.matMul(tf.reshape(features, [2, -1]), second!);
        };
        const slope = tf.grad((at) => tf.sum(critic(at)))(x!);
        const norm = tf.sqrt(tf.sum(tf.square(slope), [1, 2, 3]));
        return tf.square(tf.sub(norm, 1));
      },
      [numbers([2, 5, 5, 2]), numbers([3, 3, 2, 3], -0.5, 0.5, 1), numbers([27, 1], -0.5, 0.5, 2)],
      { ...SMOOTH, tolerance: 1e-3 },
    ));
});
