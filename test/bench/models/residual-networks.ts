/**
 * Residual networks without normalisation for 32×32×3 (as in Mescheder et al. 2018 and R3GAN, Huang
 * et al. 2024, small): leaky ReLUs before each convolution, average pooling on the way down, bilinear
 * interpolation on the way up.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { WeightSpec } from '../../../sidecar/models/shape-layers.ts';
import type { Variables } from '../../../sidecar/sampling/variables.ts';

export const SIZE = 32;
export const CHANNELS = 3;
export const LATENT = 64;
const SLOPE = 0.2;

/** Kernel sizes and channels of each convolution by name, [kernel, in, out]. */
type Convolutions = Readonly<Record<string, readonly [number, number, number]>>;

const generatorConvolutions: Convolutions = {
  res_1a: [3, 128, 128],
  res_1b: [3, 128, 128],
  res_2a: [3, 128, 128],
  res_2b: [3, 128, 128],
  narrow_2: [1, 128, 64],
  res_3a: [3, 64, 64],
  res_3b: [3, 64, 64],
  narrow_3: [1, 64, 32],
  image: [3, 32, CHANNELS],
};

const discriminatorConvolutions: Convolutions = {
  image: [3, CHANNELS, 32],
  widen_1: [1, 32, 64],
  res_1a: [3, 64, 64],
  res_1b: [3, 64, 64],
  widen_2: [1, 64, 128],
  res_2a: [3, 128, 128],
  res_2b: [3, 128, 128],
};

const START = 4;
const MAP = START * START * 128;

const layer = (name: string, shape: readonly number[], fanIn: number, fanOut: number): WeightSpec[] => [
  { name: `${name}/kernel`, shape, init: 'glorot-uniform', gain: 1, trainable: true, fanIn, fanOut },
  { name: `${name}/bias`, shape: shape.slice(-1), init: 'zeros', gain: 1, trainable: true, fanIn: 0, fanOut: 0 },
];

const weights = (convolutions: Convolutions): WeightSpec[] =>
  Object.entries(convolutions).flatMap(([name, [kernel, from, to]]) =>
    layer(name, [kernel, kernel, from, to], kernel * kernel * from, kernel * kernel * to),
  );

export const generatorWeights = [...layer('dense_1', [LATENT, MAP], LATENT, MAP), ...weights(generatorConvolutions)];
export const discriminatorWeights = [...weights(discriminatorConvolutions), ...layer('dense_1', [MAP, 1], MAP, 1)];

/** Layers whose weights stand under `prefix` in `variables`. */
function layersOf(variables: Variables, prefix: string) {
  const weight = (name: string) => variables.get(`${prefix}/${name}`);
  const convolution = (name: string, x: tf.Tensor4D): tf.Tensor4D =>
    tf.add(tf.conv2d(x, weight(`${name}/kernel`) as tf.Tensor4D, 1, 'same'), weight(`${name}/bias`));
  const dense = (x: tf.Tensor2D): tf.Tensor2D =>
    tf.add(tf.matMul(x, weight('dense_1/kernel') as tf.Tensor2D), weight('dense_1/bias'));
  const residual = (name: string, x: tf.Tensor4D): tf.Tensor4D => {
    const inner = convolution(`${name}a`, tf.leakyRelu(x, SLOPE));
    return tf.add(x, convolution(`${name}b`, tf.leakyRelu(inner, SLOPE)));
  };
  return { convolution, dense, residual };
}

const larger = (x: tf.Tensor4D): tf.Tensor4D =>
  tf.image.resizeBilinear(x, [2 * x.shape[1], 2 * x.shape[2]], false, true);
const smaller = (x: tf.Tensor4D): tf.Tensor4D => tf.avgPool(x, 2, 2, 'valid');

/** z [n, LATENT] → images [n, SIZE, SIZE, CHANNELS] in [−1, 1]. */
export function generate(variables: Variables, z: tf.Tensor): tf.Tensor4D {
  const { convolution, dense, residual } = layersOf(variables, 'generator');
  let x: tf.Tensor4D = tf.reshape(dense(z as tf.Tensor2D), [-1, START, START, 128]);
  x = larger(residual('res_1', x));
  x = larger(convolution('narrow_2', residual('res_2', x)));
  x = larger(convolution('narrow_3', residual('res_3', x)));
  return tf.tanh(convolution('image', tf.leakyRelu(x, SLOPE)));
}

/** Images → logits [n, 1]. */
export function discriminate(variables: Variables, images: tf.Tensor): tf.Tensor2D {
  const { convolution, dense, residual } = layersOf(variables, 'discriminator');
  let x = smaller(convolution('image', images as tf.Tensor4D));
  x = smaller(residual('res_1', convolution('widen_1', x)));
  x = smaller(residual('res_2', convolution('widen_2', x)));
  return dense(tf.reshape(tf.leakyRelu(x, SLOPE), [-1, MAP]));
}
