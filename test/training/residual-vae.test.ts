import assert from 'node:assert/strict';
import type { Normalization } from '../../sidecar/config/resolved-config.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import type { ModelSpec } from '../../sidecar/models/architecture.ts';
import { residualVae } from '../../sidecar/models/residual-vae/network.ts';
import { elements, ShapeLayers } from '../../sidecar/models/shape-layers.ts';
import { uniforms } from '../../sidecar/sampling/counter-random.ts';
import { createVariationalTrainer } from '../../sidecar/training/variational/trainer.ts';
import { eachEngine } from './engines.ts';
import {
  batchOf,
  type Changes,
  type Create,
  checkResume,
  smallConfig,
  specOf,
  withTrainer,
} from './likelihood-fixtures.ts';

const create: Create = (config, ...rest) => createVariationalTrainer(config, residualVae, ...rest);
const specWith = (changes: Changes, imageSize: number, channels = 1, classes = 0) =>
  specOf(smallConfig('residual-vae', changes), imageSize, channels, classes);

function networks(spec: ModelSpec) {
  const condition = spec.classes > 0 ? { dims: [spec.classes] } : null;
  const [encoder, decoder] = [new ShapeLayers(), new ShapeLayers()];
  const { mean, logVariance } = residualVae.encoder(encoder, { dims: spec.example }, condition, spec);
  const image = residualVae.decoder(decoder, { dims: [spec.latentSize] }, condition, spec);
  return { encoder, decoder, dims: [mean.dims, logVariance.dims, image.dims] };
}

const count = ({ weights }: ShapeLayers) =>
  weights.filter(({ trainable }) => trainable).reduce((sum, { shape }) => sum + elements(shape), 0);

describe('residual-vae', () => {
  it('makes images of every size that it does not refuse, and names the nearest to others', () => {
    for (const imageSize of [16, 20, 28, 32, 48, 64, 128, 256]) {
      for (const channels of [1, 3, 4]) {
        const spec = specWith({}, imageSize, channels, 10);
        assert.equal(residualVae.refuses(spec), null);
        assert.deepEqual(networks(spec).dims, [[3], [3], [imageSize, imageSize, channels]]);
      }
    }
    assert.match(residualVae.refuses(specWith({}, 36)) ?? '', /; 36 is none of them/);
    assert.deepEqual(residualVae.nearestExample?.(specWith({}, 36)), [32, 32, 1]);
  });

  it('has the weights that its layers say', () => {
    const [b, z, c, k, blocks] = [8, 5, 3, 10, 2];
    const { encoder, decoder } = networks(specWith({ model: { baseChannels: b, latentSize: z, blocks } }, 28, c, k));
    const conv = (kernel: number, from: number, to: number) => kernel * kernel * from * to + to;
    const residual = 2 * blocks * (conv(3, b, b) + conv(3, 2 * b, 2 * b));
    const [flat, wide] = [7 * 7 * 2 * b, 8 * b];
    const dense = (flat + k) * wide + wide + 2 * (wide * z + z);
    assert.equal(count(encoder), conv(4, c, b) + conv(4, b, 2 * b) + residual + dense);
    const grown = (z + k) * wide + wide + wide * flat + flat;
    assert.equal(count(decoder), grown + residual + conv(4, 2 * b, b) + conv(4, b, c));
  });

  it('has no bias that a normalisation takes away', () => {
    const biases = (generator: Normalization) => {
      const model = { normalization: { generator, discriminator: 'none' } } as const;
      const { encoder, decoder } = networks(specWith({ model }, 16));
      return [...encoder.weights, ...decoder.weights].map(({ name }) => name).filter((name) => name.endsWith('/bias'));
    };
    assert.deepEqual(biases('batch'), ['mean/bias', 'log_variance/bias', 'image/bias']);
    assert.equal(biases('layer').length, biases('none').length);
  });

  it('learns two images by heart and draws the one of the class asked for', async () => {
    const config = smallConfig('residual-vae', { model: { conditional: true, baseChannels: 8 }, learningRate: 3e-3 });
    const spec = specOf(config, 16, 1, 2);
    await withTrainer(
      create,
      config,
      spec,
      () => createEngine('cpu'),
      async (trainer, _, generate) => {
        const shown = [0, 1].map((k) => uniforms(k, 'shown', 16).map((x) => (x < 0.5 ? -1 : 1)));
        const labels = [0, 1, 0, 1];
        // Squares of 4×4 pixels.
        const image = (k: number) =>
          Array.from({ length: 256 }, (_, i) => shown[k]?.[Math.floor(i / 64) * 4 + Math.floor((i % 16) / 4)] ?? 0);
        const images = Float32Array.from(labels.flatMap(image));
        const losses: number[] = [];
        for (let step = 0; step < 150; step++) {
          losses.push((await trainer.step(step, batchOf(images, spec, labels))).metrics.loss ?? 0);
        }
        assert.ok((losses.at(-1) ?? 0) < 0.1 * (losses[0] ?? 0), `from ${losses[0]} to ${losses.at(-1)} nats`);
        const drawn = await generate({ count: 4, labels, seed: 1 }, 150);
        const wrong = drawn.filter((x, i) => Math.sign(x) !== images[i]).length;
        assert.ok(wrong <= 20, `${wrong} of 1024 pixels are others`);
      },
    );
  });
});

eachEngine((engineName, openEngine) => {
  describe(`residual-vae, ${engineName}`, () => {
    it('goes on from a checkpoint bit for bit, with dropout, average, normalisation and classes', async () => {
      const config = smallConfig('residual-vae', {
        model: { dropout: 0.3, conditional: true, normalization: { generator: 'batch', discriminator: 'none' } },
        training: { emaHalfLife: 100 },
      });
      const spec = specOf(config, 16, 1, 3);
      await checkResume(
        (use) => withTrainer(create, config, spec, openEngine, (trainer, variables) => use(trainer, variables)),
        spec,
      );
    });
  });
});
