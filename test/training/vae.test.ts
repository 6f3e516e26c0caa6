import assert from 'node:assert/strict';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import type { ModelSpec } from '../../sidecar/models/architecture.ts';
import { elements, ShapeLayers } from '../../sidecar/models/shape-layers.ts';
import { vae } from '../../sidecar/models/vae/network.ts';
import { uniforms } from '../../sidecar/sampling/counter-random.ts';
import { createVariationalTrainer } from '../../sidecar/training/variational/trainer.ts';
import { eachEngine } from './engines.ts';
import { close } from './fixtures.ts';
import {
  BATCH,
  batchOf,
  type Changes,
  type Create,
  checkAllMove,
  checkResume,
  noiseBatch,
  setWeights,
  smallConfig,
  specOf,
  trainOnNoise,
  withTrainer,
} from './likelihood-fixtures.ts';
import type { Generate } from './sampling-fixtures.ts';

const onnx = () => createEngine('cpu');

const vaeTrainer: Create = (config, ...rest) => createVariationalTrainer(config, vae, ...rest);

const trainerOf = <T>(
  changes: Changes,
  shape: { imageSize?: number; channels?: number; classes?: number },
  use: (
    trainer: ReturnType<typeof createVariationalTrainer>,
    spec: ModelSpec,
    state: Variables,
    generate: Generate,
  ) => Promise<T>,
  openEngine: () => Promise<Engine> = onnx,
) => {
  const config = smallConfig('vae', changes);
  const spec = specOf(config, shape.imageSize ?? 16, shape.channels ?? 1, shape.classes ?? 0);
  return withTrainer(vaeTrainer, config, spec, openEngine, (trainer, state, generate) =>
    use(trainer, spec, state, generate),
  );
};
type Variables = Parameters<Parameters<typeof withTrainer>[4]>[1];

describe('vae', () => {
  const networks = (spec: ModelSpec) => {
    const condition = spec.classes > 0 ? { dims: [spec.classes] } : null;
    const encoder = new ShapeLayers();
    const { mean, logVariance } = vae.encoder(encoder, { dims: spec.example }, condition, spec);
    const decoder = new ShapeLayers();
    const image = vae.decoder(decoder, { dims: [spec.latentSize] }, condition, spec);
    return { encoder, decoder, mean: mean.dims, logVariance: logVariance.dims, image: image.dims };
  };
  const count = ({ weights }: ShapeLayers) =>
    weights.filter(({ trainable }) => trainable).reduce((sum, { shape }) => sum + elements(shape), 0);

  it('makes images of every size that it does not refuse', () => {
    const sizes = Array.from({ length: 260 }, (_, i) => i).filter(
      (imageSize) => vae.refuses(specOf(smallConfig('vae'), imageSize, 1)) === null,
    );
    assert.deepEqual(sizes, [16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256]);
    for (const imageSize of sizes) {
      for (const channels of [1, 3, 4]) {
        const { mean, logVariance, image } = networks(specOf(smallConfig('vae'), imageSize, channels, 10));
        assert.deepEqual([mean, logVariance, image], [[3], [3], [imageSize, imageSize, channels]]);
      }
    }
    assert.match(vae.refuses(specOf(smallConfig('vae'), 36, 1)) ?? '', /; 36 is none of them/);
    assert.deepEqual(vae.nearestExample?.(specOf(smallConfig('vae'), 36, 1)), [32, 32, 1]);
  });

  it('has the weights that its layers say', () => {
    const [b, z, c, k] = [8, 5, 3, 10];
    const config = smallConfig('vae', {
      model: { baseChannels: b, latentSize: z, normalization: { generator: 'none', discriminator: 'none' } },
    });
    const { encoder, decoder } = networks(specOf(config, 28, c, k));
    const [flat, wide] = [7 * 7 * 2 * b, 8 * b];
    const convolutions = 16 * (c + k) * b + b + 16 * b * 2 * b + 2 * b;
    assert.equal(count(encoder), convolutions + (flat + k) * wide + wide + 2 * (wide * z + z));
    const transposed = 16 * 2 * b * b + b + 16 * b * c + c;
    assert.equal(count(decoder), (z + k) * wide + wide + wide * flat + flat + transposed);
  });

  for (const likelihood of ['bernoulli', 'gaussian'] as const) {
    it(`minimises the bound that its means, variances and ${likelihood} pixels give by hand`, async () => {
      const beta = 0.5;
      const [m, s, b] = [0.7, -0.4, 0.3];
      const changes = { objective: { likelihood, beta }, learningRate: 0 };
      await trainerOf(changes, {}, async (trainer, spec, variables, generate) => {
        // With no other weights, every mean, log variance and pixel is its bias.
        await setWeights(variables, 'encoder', { 'mean/bias': m, 'log_variance/bias': s });
        await setWeights(variables, 'decoder', { 'conv_2/bias': b });
        const batch = noiseBatch(spec, 0);
        const { metrics } = await trainer.step(0, batch);
        const kl = (3 * (m * m + Math.exp(s) - 1 - s)) / 2;
        const nats = [...batch.examples.data].map((x) =>
          likelihood === 'bernoulli'
            ? Math.log1p(Math.exp(b)) - ((x + 1) / 2) * b
            : ((x - b) ** 2 + Math.log(2 * Math.PI)) / 2,
        );
        const reconstruction = nats.reduce((sum, each) => sum + each, 0) / BATCH;
        close(metrics.kl ?? 0, kl, 1e-5);
        close(metrics.reconstruction ?? 0, reconstruction, 1e-5);
        close(metrics.loss ?? 0, reconstruction + beta * kl, 1e-5);

        const images = await generate({ count: 2, labels: null, seed: 0 }, 0);
        const pixel = likelihood === 'bernoulli' ? 2 / (1 + Math.exp(-b)) - 1 : b;
        for (const each of images) close(each, pixel, 1e-6);
      });
    });
  }

  it('draws z from the encoder’s distribution', async () => {
    const objective = { likelihood: 'gaussian' } as const;
    const model = { normalization: { generator: 'none', discriminator: 'none' } } as const;
    await trainerOf({ objective, model, learningRate: 0 }, {}, async (trainer, spec, variables) => {
      // z passes unchanged into the first three units of the decoder, whose sum becomes every pixel.
      const dense = Array.from({ length: 3 * 32 }, (_, i) => (i % 33 === 0 ? 1 : 0));
      const weights = { 'dense_1/kernel': dense, 'dense_2/kernel': 1, 'conv_1/kernel': 0.03, 'conv_2/kernel': 0.03 };
      await setWeights(variables, 'decoder', weights);
      const lossAt = async (mean: number, logVariance: number, step: number) => {
        await setWeights(variables, 'encoder', { 'mean/bias': mean, 'log_variance/bias': logVariance });
        return (await trainer.step(step, noiseBatch(spec, 0))).metrics.reconstruction ?? 0;
      };
      const certain = await lossAt(1, -40, 0);
      close(await lossAt(1, -40, 1), certain, 1e-4);
      assert.ok(Math.abs((await lossAt(1, 0, 0)) - certain) > 1, 'variance has an effect');
      assert.notEqual(await lossAt(1, 0, 1), await lossAt(1, 0, 0));
    });
  });
});

eachEngine((engineName, openEngine) => {
  describe(`vae, ${engineName}`, () => {
    it('goes on from a checkpoint bit for bit, with dropout, average, normalisation and classes', async () => {
      const changes = {
        model: { dropout: 0.3, conditional: true, normalization: { generator: 'batch', discriminator: 'none' } },
        training: { emaHalfLife: 100 },
      } as const;
      const spec = specOf(smallConfig('vae', changes), 16, 1, 3);
      await checkResume(
        (use) => trainerOf(changes, { classes: 3 }, (trainer, _, variables) => use(trainer, variables), openEngine),
        spec,
      );
    });
  });
});

describe('training of vae', () => {
  it('reaches every weight', async () => {
    await trainerOf({ model: { conditional: true } }, { channels: 3, classes: 3 }, checkAllMove);
  });

  it('learns two images by heart and draws the one of the class asked for', async () => {
    const changes = { model: { conditional: true, baseChannels: 8 }, learningRate: 3e-3 };
    await trainerOf(changes, { classes: 2 }, async (trainer, spec, _, generate) => {
      const shown = [0, 1].map((k) => uniforms(k, 'shown', 16).map((x) => (x < 0.5 ? -1 : 1)));
      const labels = [0, 1, 0, 1];
      // Squares of 4×4 pixels.
      const image = (k: number) =>
        Array.from({ length: 256 }, (_, i) => shown[k]?.[Math.floor(i / 64) * 4 + Math.floor((i % 16) / 4)] ?? 0);
      const images = Float32Array.from(labels.flatMap(image));
      const batch = batchOf(images, spec, labels);
      const losses: number[] = [];
      for (let step = 0; step < 150; step++) losses.push((await trainer.step(step, batch)).metrics.loss ?? 0);
      assert.ok((losses.at(-1) ?? 0) < 0.1 * (losses[0] ?? 0), `from ${losses[0]} to ${losses.at(-1)} nats`);
      const drawn = await generate({ count: 4, labels, seed: 1 }, 150);
      const wrong = drawn.filter((x, i) => Math.sign(x) !== images[i]).length;
      assert.ok(wrong <= 20, `${wrong} of 1024 pixels are others`);
    });
  });

  it('draws the same for the same seed, from the average where there is one', async () => {
    await trainerOf({ training: { emaHalfLife: 1e6 } }, {}, async (trainer, spec, variables, generate) => {
      const draw = (count: number, seed: number) => generate({ count, labels: null, seed }, 0);
      const few = await draw(3, 1);
      assert.deepEqual(await draw(3, 1), few);
      // A matrix product of another size adds up in another order.
      for (const [i, x] of (await draw(260, 1)).subarray(0, few.length).entries()) close(x, few[i] ?? 0, 1e-5);
      assert.notDeepEqual(await draw(3, 2), few);
      await setWeights(variables, 'decoder', {});
      assert.deepEqual(await draw(3, 1), few);
      await trainOnNoise(trainer, spec, 0, 2);
      assert.notDeepEqual(await draw(3, 1), few);
    });
  });
});
