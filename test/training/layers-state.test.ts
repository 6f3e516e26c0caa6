/** Layers whose state or behaviour depends on the mode: batch normalisation, dropout, attention's beginning. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { ShapeLayers } from '../../sidecar/models/shape-layers.ts';
import { normals } from '../../sidecar/sampling/counter-random.ts';
import { TensorLayers } from '../../sidecar/sampling/layers/tensor-layers.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { createEagerEngine } from './engines.ts';
import { close } from './fixtures.ts';
import { noRandom as random } from './still-random.ts';

const COUNT = 8;
/** Two channels with different means, [2, 2, 2, 2]. */
const values = normals(1, 'x', COUNT * 2).map((value, i) => 3 * value + (i % 2 === 0 ? 5 : -1));

describe('layers with a state', () => {
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

  const layers = (mode: 'train' | 'train, no statistics' | 'use') =>
    new TensorLayers(
      variables,
      'net',
      mode === 'use' ? { training: false } : { training: true, random, keepStatistics: mode === 'train' },
    );

  function addNormalization(kind: 'batch' | 'conditional-batch'): void {
    const shapes = new ShapeLayers();
    shapes.normalize('norm', { dims: [2, 2, 2] }, kind, { dims: [3] });
    variables.addWeights('net', shapes.weights, 0);
  }

  for (const kind of ['batch', 'conditional-batch'] as const) {
    it(`${kind}: normalises by the batch while training, by the moving averages afterwards`, async () => {
      addNormalization(kind);
      const batch = tf.tensor(values, [2, 2, 2, 2]);
      const label = kind === 'batch' ? null : tf.tensor2d([0, 0, 1, 1, 0, 0], [2, 3]);
      const training = await layers('train').normalize('norm', batch, kind, label).data();
      const inference = await layers('use').normalize('norm', batch, kind, label).data();

      for (const channel of [0, 1]) {
        const own = [...values].filter((_, i) => i % 2 === channel);
        const mean = own.reduce((sum, value) => sum + value, 0) / COUNT;
        const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / COUNT;
        const movingMean = 0.1 * mean;
        const movingVariance = 0.9 + 0.1 * variance;
        own.forEach((value, i) => {
          close(training[2 * i + channel] as number, (value - mean) / Math.sqrt(variance + 1e-5), 1e-5);
          close(inference[2 * i + channel] as number, (value - movingMean) / Math.sqrt(movingVariance + 1e-5), 1e-5);
        });
      }
    });
  }

  it('leaves the moving averages alone unless told to keep them', async () => {
    addNormalization('batch');
    const before = await variables.read();
    const batch = tf.tensor(values, [2, 2, 2, 2]);
    layers('train, no statistics').normalize('norm', batch, 'batch');
    layers('use').normalize('norm', batch, 'batch');
    assert.deepEqual(await variables.read(), before);
    layers('train').normalize('norm', batch, 'batch');
    assert.notDeepEqual(await variables.read(), before);
  });

  it('conditional batch normalisation without a label says what is missing', () => {
    addNormalization('conditional-batch');
    const batch = tf.tensor(values, [2, 2, 2, 2]);
    assert.throws(() => layers('train').normalize('norm', batch, 'conditional-batch'), /norm.*needs the class label/);
    assert.throws(
      () => new ShapeLayers().normalize('norm', { dims: [2, 2, 2] }, 'conditional-batch'),
      /norm.*needs the class label/,
    );
  });

  it('drops out while training only', async () => {
    const x = tf.ones([1, 4]);
    assert.deepEqual([...(await layers('train, no statistics').dropout(x, 0.5).data())], [2, 2, 2, 2]);
    assert.deepEqual([...(await layers('train, no statistics').dropout(x, 0).data())], [1, 1, 1, 1]);
    assert.deepEqual([...(await layers('use').dropout(x, 0.5).data())], [1, 1, 1, 1]);
  });

  it('self-attention begins as the identity', async () => {
    const shapes = new ShapeLayers();
    shapes.selfAttention('attention', { dims: [4, 4, 16] });
    variables.addWeights('net', shapes.weights, 3);
    const x = normals(2, 'x', 4 * 4 * 16);
    const y = await layers('train')
      .selfAttention('attention', tf.tensor(x, [1, 4, 4, 16]))
      .data();
    assert.deepEqual(y, x);
  });

  it('a blend is one of its two at either end, exactly', async () => {
    const [a, b] = [tf.tensor2d([[0.1, 0.2]]), tf.tensor2d([[1e-7, 1e7]])];
    assert.deepEqual(await layers('use').blend(a, b, tf.scalar(0)).data(), await a.data());
    assert.deepEqual(await layers('use').blend(a, b, tf.scalar(1)).data(), await b.data());
  });
});

describe('layers over shapes refuse', () => {
  const shapes = new ShapeLayers();
  const image = { dims: [4, 5, 6] };
  for (const [what, run, why] of [
    ['groups that do not divide the channels', () => shapes.conv2d('c', image, 8, 3, 1, { groups: 4 }), /c: 4 groups/],
    ['a convolution of features', () => shapes.conv2d('c', { dims: [6] }, 8, 3, 1), /c needs \[height, width/],
    ['a kernel larger than the image', () => shapes.conv2d('c', image, 8, 7, 1, { padding: 'valid' }), /does not fit/],
    ['a split into unequal parts', () => shapes.split(image, 4), /4 equal parts/],
    ['half of an odd size', () => shapes.downsample(image), /even size/],
    ['a shuffle of too few channels', () => shapes.pixelShuffle(image, 2), /channels × 4/],
    ['shapes that do not broadcast', () => shapes.add(image, { dims: [5] }), /do not broadcast/],
    ['a reshape to another number of values', () => shapes.reshape(image, [7]), /number of values/],
    ['instances of features', () => shapes.normalize('n', { dims: [6] }, 'instance'), /n needs \[height/],
    ['a blend by more than one number', () => shapes.blend(image, image, { dims: [2] }), /one number/],
  ] as const) {
    it(what, () => assert.throws(run, why));
  }
});
