import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import type { ModelSpec } from '../../sidecar/models/architecture.ts';
import { refusalOf } from '../../sidecar/models/index.ts';
import { valueLogits } from '../../sidecar/models/networks.ts';
import { pixelcnn } from '../../sidecar/models/pixelcnn/network.ts';
import { elements, ShapeLayers } from '../../sidecar/models/shape-layers.ts';
import { drawerByPosition, drawLevels } from '../../sidecar/sampling/by-position.ts';
import { uniforms } from '../../sidecar/sampling/counter-random.ts';
import type { Drawer } from '../../sidecar/sampling/drawer.ts';
import { TensorLayers } from '../../sidecar/sampling/layers/tensor-layers.ts';
import { oneHot } from '../../sidecar/sampling/one-hot.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { createAutoregressiveTrainer } from '../../sidecar/training/autoregressive/trainer.ts';
import { createEagerEngine, eachEngine } from './engines.ts';
import { close } from './fixtures.ts';
import {
  BATCH,
  batchOf,
  type Create,
  checkAllMove,
  checkResume,
  noiseBatch,
  setWeights,
  smallConfig,
  specOf,
  withTrainer,
} from './likelihood-fixtures.ts';

/** Runs `use` with a network of its own, which is disposed afterwards. */
async function withNetwork(
  spec: ModelSpec,
  openEngine: () => Promise<Engine>,
  use: (engine: Engine, variables: Variables) => Promise<void>,
): Promise<void> {
  const engine = await openEngine();
  const variables = networkOf(spec);
  try {
    await use(engine, variables);
  } finally {
    variables.dispose();
    await engine.dispose();
  }
}

const eager = () => createEagerEngine('cpu');
const onnx = () => createEngine('cpu');

/** Weights of the network alone, all of them different from zero. */
function networkOf(spec: ModelSpec): Variables {
  const layers = new ShapeLayers();
  describeInto(layers, spec);
  const variables = new Variables();
  variables.addWeights(
    'network',
    layers.weights.map((weight) => ({ ...weight, init: 'normal', gain: 0.3 })),
    3,
  );
  return variables;
}

const describeInto = (layers: ShapeLayers, spec: ModelSpec) =>
  valueLogits(layers, pixelcnn, { dims: spec.example }, spec.classes > 0 ? { dims: [spec.classes] } : null, spec);

/** Examples of these classes, from seed 4 and the stream "test". */
async function drawnBy(drawer: Drawer, labels: readonly number[]): Promise<Float32Array> {
  const one = { generatorOf: () => 0, sourceOf: (at: number) => at, seen: 0 };
  const { examples } = await drawer.draw({ count: labels.length, labels, seed: 4, stream: 'test', ...one });
  return examples.data as Float32Array;
}

const pixelcnnTrainer: Create = (config, ...rest) => createAutoregressiveTrainer(config, pixelcnn, ...rest);

type LogitsOf = (images: Float32Array, labels: number[]) => Promise<Float32Array>;

/** The network as a program: logits [n, pixels · channels, levels] of images, computed from the whole of them. */
function logitsProgram(engine: Engine, spec: ModelSpec, variables: Variables): LogitsOf {
  const { example, classes, levels } = spec;
  const size = elements(example);
  const [imageSize = 0, , channels = 0] = example;
  const program = engine.compile('logits', ({ images, labels }) => {
    const layers = new TensorLayers(variables, 'network', { training: false });
    const logits = valueLogits<tf.Tensor>(layers, pixelcnn, images as tf.Tensor, labels ?? null, spec);
    return { logits: tf.reshape(logits, [-1, size, levels]) };
  });
  return async (data, labels) => {
    const images: HostTensor = { dtype: 'float32', shape: [data.length / size, imageSize, imageSize, channels], data };
    const inputs = classes > 0 ? { images, labels: oneHot(labels, classes) } : { images };
    const { logits } = await program.run(inputs, { seed: 0, step: 0 });
    return (logits as HostTensor).data as Float32Array;
  };
}

describe('pixelcnn', () => {
  for (const [what, imageSize, channels] of [
    ['grey', 6, 1],
    ['RGB', 4, 3],
    ['RGBA', 3, 4],
  ] as const) {
    it(`lets every value of ${what} images depend on all before it and on nothing else`, async () => {
      const spec = specOf(smallConfig('pixelcnn', { model: { levels: 3, baseChannels: 16 } }), imageSize, channels);
      const size = imageSize * imageSize * channels;
      const image = uniforms(5, 'image', size).map((x) => 2 * x - 1);
      // The first image as it is, then one for each value, which is changed there.
      const images = new Float32Array((size + 1) * size);
      for (let i = 0; i <= size; i++) {
        images.set(image, i * size);
        if (i > 0) images[i * size + i - 1] = (image[i - 1] ?? 0) + 3;
      }
      await withNetwork(spec, eager, async (engine, variables) => {
        const logits = await logitsProgram(engine, spec, variables)(images, []);
        const at = (i: number, j: number) => [...logits.subarray((i * size + j) * 3, (i * size + j + 1) * 3)];
        for (let changed = 0; changed < size; changed++) {
          for (let j = 0; j < size; j++) {
            const equal = at(changed + 1, j).join() === at(0, j).join();
            assert.equal(equal, j <= changed, `value ${j} where ${changed} was changed`);
          }
        }
      });
    });
  }

  it('has the weights that its layers say', () => {
    const [p, levels, channels, classes] = [8, 5, 3, 10];
    const spec = { ...specOf(smallConfig('pixelcnn', { model: { levels, baseChannels: p } }), 28, channels, classes) };
    const layers = new ShapeLayers();
    assert.deepEqual(describeInto(layers, spec).dims, [28, 28, channels * levels]);
    const first = 3 * 7 * channels * 2 * p + 2 * p + 4 * p * p + (3 * channels * 2 * p + 2 * p) + p * p + p;
    const places = 2 * 28 * 2 * p;
    const other = 3 * 5 * p * 2 * p + 2 * p + 4 * p * p + (3 * p * 2 * p + 2 * p) + p * p + p;
    const labels = 2 * p * classes * (6 + 5); // every gate has them, and the last vertical layer has no gate
    const heads = [0, 1, 2].reduce((sum, before) => sum + (p + before) * 2 * p + 2 * p + 2 * p * levels + levels, 0);
    const count = layers.weights.reduce((sum, { shape }) => sum + elements(shape), 0);
    assert.equal(count, first + places + 5 * other + labels + heads);
  });

  it('refuses normalisation over pixels and sizes that it was not made for', () => {
    const spec = specOf(smallConfig('pixelcnn'), 28, 1);
    assert.equal(refusalOf('pixelcnn', spec), null);
    const batch = { ...spec, normalization: { ...spec.normalization, generator: 'batch' } } as const;
    assert.match(refusalOf('pixelcnn', batch) ?? '', /batch normalisation averages over pixels/);
    assert.match(pixelcnn.refuses(specOf(smallConfig('pixelcnn'), 300, 1)) ?? '', /16 to 256 pixels, not 300/);
    assert.deepEqual(pixelcnn.nearestExample?.(specOf(smallConfig('pixelcnn'), 300, 1)), [256, 256, 1]);
  });

  it('gives the likelihood of a distribution that it was given', async () => {
    const config = smallConfig('pixelcnn', { model: { levels: 4 }, training: { emaHalfLife: 0 }, learningRate: 0 });
    const spec = specOf(config, 6, 1);
    const p = [0.1, 0.2, 0.3, 0.4];
    await withTrainer(pixelcnnTrainer, config, spec, onnx, async (trainer, variables, generate) => {
      await setWeights(variables, 'network', {});
      const batch = noiseBatch(spec, 0);
      const uniform = await trainer.step(0, batch);
      close(uniform.metrics.bitsPerDimension ?? 0, 2, 1e-6);
      await setWeights(variables, 'network', { 'channel_1_logits/bias': p.map(Math.log) });
      const known = await trainer.step(1, batch);
      const nats = [...batch.examples.data].map((x) => -Math.log(p[Math.round(((x + 1) / 2) * 3)] ?? 0));
      const sum = nats.reduce((sum, each) => sum + each, 0);
      close(known.metrics.nats ?? 0, sum / BATCH, 1e-5);
      close(known.metrics.bitsPerDimension ?? 0, sum / Math.LN2 / batch.examples.data.length, 1e-6);

      const images = await generate({ count: 300, labels: null, seed: 2 }, 2);
      const found = p.map((_, level) => images.filter((x) => Math.abs(x - (level / 3) * 2 + 1) < 1e-5).length);
      assert.equal(
        found.reduce((sum, each) => sum + each, 0),
        300 * 36,
      );
      // Four standard deviations of a share.
      for (const [i, each] of found.entries()) close(each / (300 * 36), p[i] ?? 0, 4 * Math.sqrt(0.25 / (300 * 36)));
    });
  });
});

describe('levels drawn from logits', () => {
  it('are where the cumulated probability passes the uniform number', async () => {
    const engine = await eager();
    const uniform = [0, 0.0999, 0.1001, 0.2999, 0.3001, 0.9999999];
    const logits = tf.tensor(
      uniform.flatMap(() => [0.1, 0.2, 0.7].map(Math.log)),
      [6, 1, 1, 3],
    );
    const drawn = drawLevels(logits, tf.tensor(uniform, [6, 1, 1, 1]));
    assert.deepEqual([...drawn.dataSync()], [0, 0, 1, 1, 2, 2]);
    await engine.dispose();
  });
});

eachEngine((engineName, openEngine) => {
  describe(`pixelcnn, ${engineName}`, () => {
    it('draws the same images row by row and pixel by pixel as from the whole image again and again', async () => {
      const spec = specOf(smallConfig('pixelcnn', { model: { levels: 5 } }), 5, 3, 2);
      const labels = [1, 0, 1];
      await withNetwork(spec, openEngine, async (engine, variables) => {
        const sampler = drawerByPosition(pixelcnn, spec, variables, 'network', engine);
        const drawn = await drawnBy(sampler, labels);

        const size = 5 * 5 * 3;
        const chances = uniforms(4, 'test', 3 * size);
        const images = new Float32Array(3 * size);
        const logitsOf = logitsProgram(engine, spec, variables);
        for (let j = 0; j < size; j++) {
          const logits = await logitsOf(images, labels);
          for (let i = 0; i < 3; i++) {
            const all = [...logits.subarray((i * size + j) * 5, (i * size + j + 1) * 5)].map(Math.exp);
            const total = all.reduce((sum, each) => sum + each, 0);
            let level = 0;
            let passed = (all[0] ?? 0) / total;
            while (level < 4 && passed <= (chances[i * size + j] ?? 0)) passed += (all[++level] ?? 0) / total;
            images[i * size + j] = level * (2 / 4) - 1;
          }
        }
        assert.deepEqual(drawn, images);
        assert.ok(new Set(drawn).size === 5, 'all levels occur');
        sampler.dispose();
      });
    });

    it('goes on from a checkpoint bit for bit, with dropout, average and classes', async () => {
      const config = smallConfig('pixelcnn', {
        model: { levels: 4, dropout: 0.3, conditional: true },
        training: { emaHalfLife: 100, schedule: { kind: 'cosine', warmupImages: 8, everyImages: 1, factor: 1 } },
      });
      const spec = specOf(config, 6, 1, 3);
      await checkResume((use) => withTrainer(pixelcnnTrainer, config, spec, openEngine, use), spec);
    });
  });
});

describe('training of pixelcnn', () => {
  it('reaches every weight', async () => {
    const config = smallConfig('pixelcnn', { model: { levels: 4, conditional: true } });
    const spec = specOf(config, 6, 3, 3);
    await withTrainer(pixelcnnTrainer, config, spec, onnx, (trainer, variables) =>
      checkAllMove(trainer, spec, variables),
    );
  });

  it('learns two images by heart and draws them', async () => {
    const config = smallConfig('pixelcnn', {
      model: { levels: 2, baseChannels: 8, conditional: true },
      training: { emaHalfLife: 20 },
      learningRate: 0.02,
    });
    const spec = specOf(config, 8, 1, 2);
    const shown = [0, 1].map((k) => uniforms(k, 'shown', 64).map((x) => (x < 0.5 ? -1 : 1)));
    const labels = [0, 1, 0, 1];
    const images = Float32Array.from(labels.flatMap((label) => [...(shown[label] ?? [])]));
    await withTrainer(pixelcnnTrainer, config, spec, onnx, async (trainer, _, generate) => {
      let bits = 1;
      for (let step = 0; step < 80; step++) {
        const { metrics } = await trainer.step(step, batchOf(images, spec, labels));
        bits = metrics.bitsPerDimension ?? 1;
      }
      assert.ok(bits < 0.02, `${bits} bits per dimension`);
      const drawn = await generate({ count: 4, labels, seed: 1 }, 80);
      const wrong = drawn.filter((x, i) => x !== images[i]).length;
      assert.ok(wrong <= 13, `${wrong} of 256 pixels are others`);
    });
  });

  it('draws the same for the same seed, and the same first images of a longer request', async () => {
    const config = smallConfig('pixelcnn', { model: { levels: 4 } });
    const spec = specOf(config, 4, 1);
    await withTrainer(pixelcnnTrainer, config, spec, onnx, async (trainer, _, generate) => {
      const draw = (count: number, seed: number) => generate({ count, labels: null, seed }, 0);
      const long = await draw(260, 1);
      assert.equal(long.length, 260 * 16);
      assert.deepEqual(await draw(260, 1), long);
      assert.deepEqual(await draw(258, 1), long.slice(0, 258 * 16));
      assert.notDeepEqual(await draw(260, 2), long);
      assert.deepEqual(
        await trainer.sample(0, { count: 4, columns: 2 }),
        await trainer.sample(0, { count: 4, columns: 2 }),
      );
    });
  });
});
