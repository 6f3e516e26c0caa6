/** Small tf.layers models that together use every kind of layer a generative model is made from. */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { HostTensor } from '../../sidecar/engine/engine.ts';
import { integers, numbers } from './support.ts';

export interface Example {
  make(): tfl.LayersModel;
  readonly loss: 'meanSquaredError' | 'categoricalCrossentropy' | 'binaryCrossentropy';
  readonly x: HostTensor;
  readonly y: HostTensor;
}

const { layers } = tfl;

/** Weights whose initial values depend on nothing but their number. */
let seeds = 0;
const glorot = () => {
  seeds += 1;
  return tfl.initializers.glorotUniform({ seed: seeds });
};
const kernel = () => ({ kernelInitializer: glorot() });
const recurrent = () => ({ kernelInitializer: glorot(), recurrentInitializer: glorot() });
const depthwise = () => ({ depthwiseInitializer: glorot() });

/** Normalisation of groups of channels (Wu and He 2018), which tf.layers has not. */
class GroupNormalization extends layers.Layer {
  static readonly className = 'GroupNormalization';
  readonly #groups: number;
  #gamma: tfl.LayerVariable | null = null;
  #beta: tfl.LayerVariable | null = null;

  constructor({ groups, ...rest }: { readonly groups: number; readonly name?: string }) {
    super(rest);
    this.#groups = groups;
  }

  override build(shape: tfl.Shape): void {
    const channels = shape.at(-1)!;
    this.#gamma = this.addWeight('gamma', [channels], 'float32', tfl.initializers.ones());
    this.#beta = this.addWeight('beta', [channels], 'float32', tfl.initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      const [batch, height, width, channels] = x.shape as [number, number, number, number];
      const grouped = tf.reshape(x, [batch, height, width, this.#groups, channels / this.#groups]);
      const { mean, variance } = tf.moments(grouped, [1, 2, 4], true);
      const normal = tf.mul(tf.sub(grouped, mean), tf.rsqrt(tf.add(variance, 1e-3)));
      return tf.add(tf.mul(tf.reshape(normal, x.shape), this.#gamma!.read()), this.#beta!.read());
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), groups: this.#groups };
  }
}

/** Attention of each position to all others (Vaswani et al. 2017), one head. */
class SelfAttention extends layers.Layer {
  static readonly className = 'SelfAttention';
  #weights: tfl.LayerVariable[] = [];

  override build(shape: tfl.Shape): void {
    const size = shape.at(-1)!;
    this.#weights = ['query', 'key', 'value'].map((name) => this.addWeight(name, [size, size], 'float32', glorot()));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      const [batch, length, size] = x.shape as [number, number, number];
      const rows = tf.reshape(x, [batch * length, size]);
      const [query, key, value] = this.#weights.map((weight) =>
        tf.reshape(tf.matMul(rows, weight.read()), [batch, length, size]),
      );
      const scores = tf.div(tf.matMul(query!, key!, false, true), Math.sqrt(size));
      return tf.add(x, tf.matMul(tf.softmax(scores), value!));
    });
  }
}

tf.serialization.registerClass(GroupNormalization);
tf.serialization.registerClass(SelfAttention);

const sequential = (...stack: tfl.layers.Layer[]) => tfl.sequential({ layers: stack });

const oneHot = (rows: number, classes: number): HostTensor => {
  const { data } = integers([rows], 0, classes, 40);
  const values = new Float32Array(rows * classes);
  for (const [row, label] of data.entries()) values[row * classes + label] = 1;
  return { dtype: 'float32', shape: [rows, classes], data: values };
};

const words = (rows: number, length: number): HostTensor => {
  const { data } = integers([rows, length], 0, 7, 41);
  return { dtype: 'float32', shape: [rows, length], data: Float32Array.from(data) };
};

export const examples: Record<string, Example> = {
  'dense layers with dropout and a layer norm': {
    make: () =>
      sequential(
        layers.dense({ units: 12, activation: 'elu', inputShape: [6], ...kernel() }),
        layers.layerNormalization(),
        layers.dropout({ rate: 0.3, seed: 5 }),
        layers.dense({ units: 8, activation: 'selu', ...kernel() }),
        layers.dense({ units: 3, activation: 'softmax', ...kernel() }),
      ),
    loss: 'categoricalCrossentropy',
    x: numbers([10, 6]),
    y: oneHot(10, 3),
  },
  'a classifier of images: convolutions, depthwise, separable, batch norm, pooling': {
    make: () =>
      sequential(
        layers.conv2d({ filters: 4, kernelSize: 3, strides: 1, padding: 'same', inputShape: [8, 8, 2], ...kernel() }),
        layers.batchNormalization({}),
        layers.leakyReLU({ alpha: 0.2 }),
        layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same', ...depthwise() }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.separableConv2d({
          filters: 6,
          kernelSize: 3,
          activation: 'relu',
          padding: 'same',
          ...depthwise(),
          pointwiseInitializer: glorot(),
        }),
        layers.averagePooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 3, activation: 'softmax', ...kernel() }),
      ),
    loss: 'categoricalCrossentropy',
    x: numbers([6, 8, 8, 2]),
    y: oneHot(6, 3),
  },
  'a generator of images: transposed convolution, both ways of up-sampling, batch and group norm': {
    make: () =>
      sequential(
        layers.dense({ units: 2 * 2 * 6, inputShape: [5], ...kernel() }),
        layers.reshape({ targetShape: [2, 2, 6] }),
        layers.conv2dTranspose({ filters: 4, kernelSize: 4, strides: 2, padding: 'same', ...kernel() }),
        layers.batchNormalization({ momentum: 0.9 }),
        layers.reLU({}),
        layers.upSampling2d({ size: [2, 2], interpolation: 'nearest' }),
        layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', ...kernel() }),
        new GroupNormalization({ groups: 2 }),
        layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }),
        layers.conv2d({ filters: 1, kernelSize: 3, padding: 'same', activation: 'tanh', ...kernel() }),
      ),
    loss: 'meanSquaredError',
    // The oracle's gradient of nearest-neighbour resizing is wrong for all images but the first.
    x: numbers([1, 5]),
    y: numbers([1, 16, 16, 1], -1, 1, 1),
  },
  'a sequence: embedding and LSTM': {
    make: () =>
      sequential(
        layers.embedding({ inputDim: 7, outputDim: 4, inputLength: 5, embeddingsInitializer: glorot() }),
        layers.lstm({ units: 6, ...recurrent() }),
        layers.dense({ units: 1, activation: 'sigmoid', ...kernel() }),
      ),
    loss: 'binaryCrossentropy',
    x: words(6, 5),
    y: { dtype: 'float32', shape: [6, 1], data: Float32Array.of(0, 1, 1, 0, 1, 0) },
  },
  'a sequence: bidirectional GRU and simple RNN': {
    make: () =>
      sequential(
        layers.bidirectional({
          layer: layers.gru({ units: 4, returnSequences: true, ...recurrent() }) as tfl.RNN,
          mergeMode: 'concat',
          inputShape: [4, 3],
        }),
        layers.simpleRNN({ units: 5, returnSequences: true, ...recurrent() }),
        layers.timeDistributed({ layer: layers.dense({ units: 2, ...kernel() }) }),
      ),
    loss: 'meanSquaredError',
    x: numbers([5, 4, 3]),
    y: numbers([5, 4, 2], -1, 1, 1),
  },
  'a sequence: attention between conv1d and pooling': {
    make: () =>
      sequential(
        layers.conv1d({
          filters: 6,
          kernelSize: 3,
          padding: 'same',
          activation: 'relu',
          inputShape: [8, 3],
          ...kernel(),
        }),
        new SelfAttention({}),
        layers.layerNormalization(),
        layers.globalAveragePooling1d({}),
        layers.dense({ units: 2, ...kernel() }),
      ),
    loss: 'meanSquaredError',
    x: numbers([5, 8, 3]),
    y: numbers([5, 2], -1, 1, 1),
  },
  'a volume: conv3d, its transpose and pooling': {
    make: () =>
      sequential(
        layers.conv3d({
          filters: 3,
          kernelSize: 2,
          padding: 'same',
          activation: 'relu',
          inputShape: [4, 4, 4, 1],
          ...kernel(),
        }),
        layers.maxPooling3d({ poolSize: 2 }),
        layers.conv3dTranspose({ filters: 1, kernelSize: 2, strides: 2, padding: 'same', ...kernel() }),
        layers.averagePooling3d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 2, ...kernel() }),
      ),
    loss: 'meanSquaredError',
    x: numbers([3, 4, 4, 4, 1]),
    y: numbers([3, 2], -1, 1, 1),
  },
};

/** Starts over with the same initial weights. */
export function build({ make }: Example): tfl.LayersModel {
  seeds = 0;
  return make();
}
