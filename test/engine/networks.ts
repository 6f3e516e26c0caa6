/** A small GAN step with everything a real one has: dense, convolutions, batch norm, dropout, Adam. */
import * as tf from '@tensorflow/tfjs-core';
import type { HostTensor, HostTensorMap, StepFunction } from '../../sidecar/engine/engine.ts';
import { numbers } from './support.ts';

const BATCH = 6;
const SIZE = 8;

type Weights = Record<string, tf.Variable>;

export interface SmallGan {
  readonly step: StepFunction;
  readonly weights: Weights;
  inputs(step: number): HostTensorMap;
  dispose(): void;
}

const shapes: Record<string, number[]> = {
  'g/dense': [5, 2 * 2 * 6],
  'g/gamma': [6],
  'g/beta': [6],
  'g/up1': [5, 5, 4, 6],
  'g/up2': [4, 4, 1, 4],
  'd/down1': [5, 5, 1, 4],
  'd/bias': [4],
  'd/down2': [3, 3, 4, 6],
  'd/dense': [2 * 2 * 6, 1],
};

let made = 0;

/** Makes the variables on the engine that was created last. */
export function smallGan(): SmallGan {
  made += 1;
  const prefix = `gan${made}/`;
  const weights: Weights = {};
  for (const [at, [name, shape]] of Object.entries(shapes).entries()) {
    const initial = numbers(shape, -0.5, 0.5, at).data as Float32Array;
    weights[name] = tf.variable(tf.tensor(initial, shape), true, prefix + name);
    for (const slot of ['m', 'v']) {
      weights[`${name}/${slot}`] = tf.variable(tf.zeros(shape), false, `${prefix}${name}/${slot}`);
    }
  }
  const of = (name: string) => weights[name]!;
  const trained = (network: string) =>
    Object.keys(shapes)
      .filter((name) => name.startsWith(network))
      .map((name) => ({ name, variable: of(name) }));

  const generate = (z: tf.Tensor) => {
    const x = tf.reshape(tf.matMul(z as tf.Tensor2D, of('g/dense') as tf.Tensor2D), [BATCH, 2, 2, 6]);
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-3)));
    const y = tf.leakyRelu(tf.add(tf.mul(normal, of('g/gamma')), of('g/beta')), 0.2);
    const up1 = tf.conv2dTranspose(y as tf.Tensor4D, of('g/up1') as tf.Tensor4D, [BATCH, 4, 4, 4], 2, 'same');
    return tf.tanh(tf.conv2dTranspose(tf.relu(up1), of('g/up2') as tf.Tensor4D, [BATCH, SIZE, SIZE, 1], 2, 'same'));
  };

  const discriminate = (images: tf.Tensor, mask: () => tf.Tensor) => {
    const x = tf.conv2d(images as tf.Tensor4D, of('d/down1') as tf.Tensor4D, 2, 'same');
    const y = tf.mul(tf.leakyRelu(tf.add(x, of('d/bias')), 0.2), mask());
    const z = tf.leakyRelu(tf.conv2d(y as tf.Tensor4D, of('d/down2') as tf.Tensor4D, 2, 'same'), 0.2);
    return tf.matMul(tf.reshape(z, [BATCH, -1]), of('d/dense') as tf.Tensor2D);
  };

  const update = (network: string, gradients: tf.NamedTensorMap, rate: tf.Tensor) => {
    for (const { name, variable } of trained(network)) {
      const gradient = gradients[variable.name]!;
      const [m, v] = [of(`${name}/m`), of(`${name}/v`)];
      m.assign(tf.add(tf.mul(m, 0.5), tf.mul(gradient, 0.5)));
      v.assign(tf.add(tf.mul(v, 0.999), tf.mul(tf.square(gradient), 0.001)));
      variable.assign(tf.sub(variable, tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), 1e-4))));
    }
  };

  const step: StepFunction = ({ images, rate }, random) => {
    const mask = () => random.dropout([BATCH, 4, 4, 4], 0.25);
    const variables = (network: string) => trained(network).map(({ variable }) => variable);
    const d = tf.variableGrads(() => {
      const real = discriminate(images!, mask);
      const fake = discriminate(generate(random.normal([BATCH, 5])), mask);
      return tf.add(tf.mean(tf.softplus(tf.neg(real))), tf.mean(tf.softplus(fake))) as tf.Scalar;
    }, variables('d'));
    update('d', d.grads, rate!);
    const g = tf.variableGrads(
      () => tf.mean(tf.softplus(tf.neg(discriminate(generate(random.normal([BATCH, 5])), mask)))) as tf.Scalar,
      variables('g'),
    );
    update('g', g.grads, rate!);
    return { d: d.value, g: g.value };
  };

  return {
    step,
    weights,
    inputs: (at) => ({
      images: numbers([BATCH, SIZE, SIZE, 1], -1, 1, 100 + at),
      rate: { dtype: 'float32', shape: [], data: Float32Array.of(0.002 / (1 - 0.5 ** (at + 1))) },
    }),
    dispose: () => {
      for (const variable of Object.values(weights)) variable.dispose();
    },
  };
}

export async function readAll(weights: Weights): Promise<Record<string, HostTensor>> {
  const entries = Object.entries(weights).map(async ([name, variable]) => {
    const data = (await variable.data<'float32'>()).slice();
    return [name, { dtype: 'float32', shape: variable.shape, data }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
