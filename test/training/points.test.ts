/** Points in the plane, through the same seams as images: each family on the ring of eight Gaussians. */
import assert from 'node:assert/strict';
import { resolveConfig } from '../../sidecar/config/resolve.ts';
import type { Config } from '../../sidecar/config/schema.ts';
import { openDataset } from '../../sidecar/data/open.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import { modalities } from '../../sidecar/modalities/index.ts';
import { modelSpec } from '../../sidecar/training/model-spec.ts';
import { train } from '../../sidecar/training/train.ts';
import { close, MemoryRecorder, undisturbed } from './fixtures.ts';
import { open } from './gan-fixtures.ts';

const MODES = 8;

/** Trains on the ring and returns what was recorded, and 800 samples. */
async function trained(changes: Omit<Config, 'data' | 'model'> & { readonly model: Config['model'] }) {
  const config = resolveConfig(
    { ...changes, data: { source: 'points' }, monitor: { logEvery: 50, ...changes.monitor } } as Config,
    'points.gan.json',
  );
  const dataset = await openDataset(config.data);
  const engine = await createEngine('cpu');
  const recorder = new MemoryRecorder();
  try {
    await train({ config, dataset, engine, recorder, control: undisturbed });
  } finally {
    await engine.dispose();
  }
  const opened = await open(config, dataset, () => createEngine('cpu'), recorder.last.tensors);
  try {
    const { examples } = await opened.trainer.sample(recorder.last.step, { count: 800, columns: 1 });
    return { recorder, points: examples.data as Float32Array };
  } finally {
    await opened.close();
  }
}

/** Samples near each mode, within a fifth of the distance to the next, as a share of all. */
function nearModes(points: Float32Array): number[] {
  const shares = Array<number>(MODES).fill(0);
  const radius = 2 / 2.5;
  const near = (radius * 2 * Math.sin(Math.PI / MODES)) / 5;
  for (let i = 0; i < points.length; i += 2) {
    const [x = 0, y = 0] = [points[i], points[i + 1]];
    const mode = (Math.round((Math.atan2(y, x) / (2 * Math.PI)) * MODES) + MODES) % MODES;
    const angle = (2 * Math.PI * mode) / MODES;
    const distance = Math.hypot(x - radius * Math.cos(angle), y - radius * Math.sin(angle));
    if (distance < near) shares[mode] = (shares[mode] ?? 0) + 2 / points.length;
  }
  return shares;
}

const total = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0);

describe('points in the plane', () => {
  it('an autoregressive model finds every mode, each about equally often', async () => {
    const { recorder, points } = await trained({
      model: { architecture: 'mlp-autoregressive' },
      training: { steps: 400 },
    });
    const shares = nearModes(points);
    assert.ok(total(shares) > 0.8, shares.join(' '));
    // An eighth of them each; 800 samples have a standard error of 0.012.
    for (const share of shares) assert.ok(share > 0.06 && share < 0.17, shares.join(' '));
    const bits = recorder.rows.map(({ bitsPerDimension }) => bitsPerDimension ?? 0);
    // The modes alone: log2(8) / 2 bits, and what their width takes in steps of 2 / 127: some 1.5 bits more.
    assert.ok((bits.at(-1) ?? 9) < 4 && (bits[0] ?? 0) > 6, bits.join(' '));
  });

  it('a GAN with R1 finds most modes, in samples and previews that are the same for the same seed', async () => {
    const options = {
      model: { architecture: 'mlp' },
      objective: { penalties: { r1: 0.1 } },
      training: { steps: 1500 },
    } as const;
    const { recorder, points } = await trained(options);
    const shares = nearModes(points);
    assert.ok(shares.filter((share) => share > 0.02).length >= 6 && total(shares) > 0.4, shares.join(' '));
    const pictures = [...recorder.samples.values()];
    assert.deepEqual(
      pictures.map(({ layout: { kind }, mime }) => [kind, mime]),
      pictures.map(() => ['scatter', 'image/png']),
    );
    assert.notDeepEqual(pictures[0]?.bytes, pictures.at(-1)?.bytes);
  });

  it('a VAE reconstructs to within the deviation that its weight of the divergence says', async () => {
    const { recorder, points } = await trained({ model: { architecture: 'mlp-vae' }, training: { steps: 600 } });
    const last = recorder.rows.at(-1);
    // ½ Σ (x − μ)² + log 2π in two dimensions: what is left of it is the error.
    assert.ok((last?.reconstruction ?? 9) - Math.log(2 * Math.PI) < 0.05, String(last?.reconstruction));
    assert.ok((last?.kl ?? 0) > 1, String(last?.kl));
    const radii = Array.from({ length: points.length / 2 }, (_, i) =>
      Math.hypot(points[2 * i] ?? 0, points[2 * i + 1] ?? 0),
    );
    const onTheRing = radii.filter((radius) => radius > 0.4 && radius < 1).length / radii.length;
    assert.ok(onTheRing > 0.55, String(onTheRing));
  });

  it('is conditional, several generators and packs alike, and goes on from a checkpoint bit for bit', async () => {
    const config = (steps: number) =>
      resolveConfig(
        {
          model: { architecture: 'mlp', conditional: true, generators: 2, pac: 2, minibatch: 'standard-deviation' },
          data: { source: 'points', points: 'grid' },
          objective: { penalties: { gradient: 1 } },
          training: { steps, batchSize: 8, emaHalfLife: 100 },
          monitor: { logEvery: 1, checkpointEvery: 3 },
        },
        'points.gan.json',
      );
    const run = async (steps: number, checkpoint?: MemoryRecorder['last']) => {
      const recorder = new MemoryRecorder();
      const dataset = await openDataset(config(steps).data);
      const engine = await createEngine('cpu');
      const resumed = checkpoint && { checkpoint };
      await train({ config: config(steps), dataset, engine, recorder, control: undisturbed, ...resumed });
      await engine.dispose();
      return recorder;
    };
    const whole = await run(6);
    const half = await run(3);
    const rest = await run(6, half.last);
    assert.deepEqual(rest.last.tensors, whole.last.tensors);
    close(rest.rows.at(-1)?.generatorLoss ?? 0, whole.rows.at(-1)?.generatorLoss ?? 1, 0);
    assert.deepEqual(rest.samples.get(6), whole.samples.get(6));
  });

  it('and images refuse the architectures of the other, and say which would do', async () => {
    for (const [architecture, source, message] of [
      ['dcgan', 'points', 'dcgan makes images, and ring holds points: set model.architecture to mlp, for one'],
      ['mlp', 'digits', 'mlp makes rows of numbers, and digits holds images: set model.architecture to dcgan, for one'],
    ] as const) {
      const config = resolveConfig({ model: { architecture }, data: { source } }, 'points.gan.json');
      const { info } = await openDataset(config.data);
      assert.throws(() => modelSpec(config, info), { message });
    }
  });

  it('previews show generated points over real ones, y upwards', async () => {
    const point = (x: number, y: number) => ({ dtype: 'float32', shape: [1, 2], data: Float32Array.of(x, y) }) as const;
    const { points } = modalities;
    const request = points.request(4, false);
    const preview = await points.preview(
      { examples: point(-0.5, 0.5), sources: null, wanted: null },
      { request, shape: [2], real: async () => point(0.5, -0.5) },
    );
    const { default: sharp } = await import('sharp');
    const { data, info } = await sharp(preview.bytes).raw().toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height, info.channels], [preview.width, preview.height, 4]);
    const at = (x: number, y: number) => {
      const start = 4 * (Math.round(((1 - y) / 2) * info.height) * info.width + Math.round(((x + 1) / 2) * info.width));
      return [...data.subarray(start, start + 4)];
    };
    const [red = 0, , blue = 0, opacity = 0] = at(-0.5, 0.5);
    assert.ok(blue > red + 100 && opacity > 150, 'generated: blue');
    const [r = 0, g = 0, b = 0, a = 0] = at(0.5, -0.5);
    assert.ok(Math.abs(r - b) < 8 && Math.abs(r - g) < 8 && a > 60, 'real: grey');
    assert.equal(at(0, 0)[3], 0);
  });
});
