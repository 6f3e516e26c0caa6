import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { ShapeLayers } from '../../sidecar/models/shape-layers.ts';
import { normals } from '../../sidecar/training/counter-random.ts';
import { createNetworks } from '../../sidecar/training/networks.ts';
import { TensorLayers } from '../../sidecar/training/tensor-layers.ts';
import { Variables } from '../../sidecar/training/variables.ts';
import { createEagerEngine } from './engines.ts';
import { close, tinyConfig } from './fixtures.ts';

describe('networks', () => {
  let engine: Engine;
  let variables: Variables;
  beforeEach(async () => {
    engine = await createEagerEngine('cpu');
    variables = new Variables();
  });
  afterEach(async () => {
    variables.dispose();
    await engine.dispose();
  });

  const random = {
    normal: (shape: readonly number[]) => tf.zeros([...shape]),
    uniform: (shape: readonly number[]) => tf.zeros([...shape]),
    dropout: (shape: readonly number[]) => tf.fill([...shape], 2),
  };

  for (const [architecture, imageSize, channels, classes] of [
    ['chapter-mlp-conv', 9, 3, 3],
    ['chapter-deep', 4, 1, 3],
    ['dcgan', 28, 1, 0],
    ['dcgan', 32, 3, 3],
  ] as const) {
    it(`${architecture} at ${imageSize} pixels: tensors have the shapes that were described`, function () {
      this.timeout(20_000);
      const config = tinyConfig({ model: { architecture, latentSize: 3, baseChannels: 4 } });
      const shape = { latentSize: 3, imageSize, channels, classes, baseChannels: 4 };
      const networks = createNetworks(config, shape, variables);
      const label = classes > 0 ? tf.cast(tf.oneHot([0, 2], classes), 'float32') : null;
      const mode = { training: true, random, keepStatistics: true } as const;
      const images = networks.generate(tf.ones([2, 3]), label, mode);
      assert.deepEqual(images.shape, [2, imageSize, imageSize, channels]);
      assert.deepEqual(networks.discriminate(images, label, mode).shape, [2, 1]);
      assert.deepEqual(networks.generate(tf.ones([2, 3]), label, { training: false }).shape, images.shape);
    });
  }

  it('batch norm: normalises by the batch while training, by the moving averages afterwards', async () => {
    const count = 8;
    const x = normals(1, 'x', count * 2).map((value, i) => 3 * value + (i % 2 === 0 ? 5 : -1));
    const shapes = new ShapeLayers();
    shapes.batchNorm('norm', { dims: [2, 2, 2] });
    variables.addWeights('net', shapes.weights, 0);
    const batch = tf.tensor(x, [2, 2, 2, 2]);
    const trained = new TensorLayers(variables, 'net', { training: true, random, keepStatistics: true });
    const training = await trained.batchNorm('norm', batch).data();
    const inference = await new TensorLayers(variables, 'net', { training: false }).batchNorm('norm', batch).data();

    for (const channel of [0, 1]) {
      const values = [...x].filter((_, i) => i % 2 === channel);
      const mean = values.reduce((sum, value) => sum + value, 0) / count;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
      const movingMean = 0.1 * mean;
      const movingVariance = 0.9 + 0.1 * variance;
      values.forEach((value, i) => {
        close(training[2 * i + channel] as number, (value - mean) / Math.sqrt(variance + 1e-5), 1e-5);
        close(inference[2 * i + channel] as number, (value - movingMean) / Math.sqrt(movingVariance + 1e-5), 1e-5);
      });
    }
  });

  it('leaves the moving averages alone unless told to keep them', async () => {
    const shapes = new ShapeLayers();
    shapes.batchNorm('norm', { dims: [2] });
    variables.addWeights('net', shapes.weights, 0);
    const before = await variables.read();
    new TensorLayers(variables, 'net', { training: true, random, keepStatistics: false }).batchNorm(
      'norm',
      tf.ones([3, 2]),
    );
    assert.deepEqual(await variables.read(), before);
  });

  it('drops out while training only', async () => {
    const x = tf.ones([1, 4]);
    const training = new TensorLayers(variables, 'net', { training: true, random, keepStatistics: false });
    assert.deepEqual([...(await training.dropout(x, 0.5).data())], [2, 2, 2, 2]);
    const inference = new TensorLayers(variables, 'net', { training: false });
    assert.deepEqual([...(await inference.dropout(x, 0.5).data())], [1, 1, 1, 1]);
  });

  it('repeats a label over the pixels of the image it joins', async () => {
    const layers = new TensorLayers(variables, 'net', { training: false });
    const joined = layers.concat([tf.zeros([1, 2, 2, 1]), tf.tensor2d([[3, 4]])]);
    assert.deepEqual(joined.shape, [1, 2, 2, 3]);
    assert.deepEqual([...(await joined.data())], [0, 3, 4, 0, 3, 4, 0, 3, 4, 0, 3, 4]);
  });

  it('draws initial weights within Glorot’s bound, or with deviation 0.02', async () => {
    const shapes = new ShapeLayers();
    shapes.conv2d('glorot', { dims: [4, 4, 16] }, 32, 3, 1);
    shapes.conv2d('dcgan', { dims: [4, 4, 16] }, 32, 3, 1, { init: 'normal-0.02', bias: false });
    variables.addWeights('net', shapes.weights, 5);
    const read = await variables.read();
    assert.deepEqual(Object.keys(read), ['net/glorot/kernel', 'net/glorot/bias', 'net/dcgan/kernel']);
    const bound = Math.sqrt(6 / (9 * (16 + 32)));
    const glorot = [...(read['net/glorot/kernel']?.data ?? [])];
    assert.ok(Math.max(...glorot.map(Math.abs)) <= bound && Math.max(...glorot) > 0.99 * bound);
    const normal = [...(read['net/dcgan/kernel']?.data ?? [])];
    const deviation = Math.sqrt(normal.reduce((sum, x) => sum + x * x, 0) / normal.length);
    assert.ok(Math.abs(deviation - 0.02) < 0.001, `deviation ${deviation}`);
  });
});
