/** Samples by the number, whatever the count, the first, the chunk and the resumption. */
import assert from 'node:assert/strict';
import type { ArchitectureName } from '../../sidecar/config/resolved-config.ts';
import type { Dataset } from '../../sidecar/data/dataset.ts';
import { openDataset } from '../../sidecar/data/open.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import { Sampler, type SamplesRequest } from '../../sidecar/sampling/sampler.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { createTrainer } from '../../sidecar/training/create-trainer.ts';
import { modelSpec } from '../../sidecar/training/model-spec.ts';
import { noiseDataset, type Overrides, tinyConfig } from './fixtures.ts';

/** Runs `use` with a sampler of an untrained model. */
async function withSampler<T>(
  overrides: Overrides,
  dataset: Dataset,
  use: (sampler: Sampler) => Promise<T>,
): Promise<T> {
  const config = tinyConfig(overrides);
  const engine = await createEngine('cpu');
  const variables = new Variables();
  createTrainer(config, dataset, variables, engine).dispose();
  const sampler = new Sampler({ config, spec: modelSpec(config, dataset.info), variables, engine, sources: dataset });
  try {
    return await use(sampler);
  } finally {
    sampler.dispose();
    variables.dispose();
    await engine.dispose();
  }
}

/** Bits of every example by its number, and its label. */
async function drawn(sampler: Sampler, request: Omit<SamplesRequest, 'seed'>, seen = 0) {
  const found = new Map<number, string>();
  for await (const { first, examples, labels } of sampler.samples({ seed: 5, ...request }, seen)) {
    const count = examples.shape[0] ?? 0;
    const length = examples.data.length / count;
    for (let i = 0; i < count; i++) {
      const values = (examples.data as Float32Array).slice(i * length, (i + 1) * length);
      found.set(first + i, `${labels?.[i]} ${Buffer.from(values.buffer).toString('hex')}`);
    }
  }
  return found;
}

interface Case {
  readonly architecture: ArchitectureName;
  readonly model?: Overrides['model'];
  readonly size?: number;
  readonly seen?: number;
  /** Examples that a block has, for the edges. */
  readonly block?: number;
  readonly ema?: boolean;
}

const cases: readonly Case[] = [
  { architecture: 'chapter-mlp-conv', ema: true },
  { architecture: 'dcgan', size: 16, model: { conditional: true } },
  { architecture: 'dcgan', size: 16, model: { conditional: true, conditioning: 'embedding' } },
  { architecture: 'resnet', size: 16, model: { conditional: true, conditioning: 'projection' } },
  {
    architecture: 'dcgan',
    size: 16,
    model: { conditional: true, conditioning: 'auxiliary-classifier', generators: 3 },
  },
  { architecture: 'progressive', size: 16, seen: 150_000 },
  { architecture: 'image-to-image', size: 16, block: 64 },
  { architecture: 'super-resolution', size: 16, block: 64 },
  { architecture: 'vae', size: 16, model: { conditional: true }, ema: true },
  { architecture: 'pixelcnn', size: 16, model: { levels: 4, conditional: true }, block: 64 },
];

const points: readonly ArchitectureName[] = ['mlp', 'mlp-vae', 'mlp-autoregressive'];

describe('a sampler', () => {
  /** The same numbers are the same examples, however they are asked for. */
  async function assertByNumber(sampler: Sampler, block: number, seen: number): Promise<void> {
    const all = await drawn(sampler, { count: block + 3 }, seen);
    assert.equal(all.size, block + 3);
    assert.equal(new Set(all.values()).size > 1, true);
    for (const [first, count] of [
      [0, 1],
      [block - 1, 2],
      [block, 3],
      [7, 5],
    ] as const) {
      const some = await drawn(sampler, { first, count }, seen);
      assert.deepEqual(
        [...some.keys()],
        Array.from({ length: count }, (_, i) => first + i),
      );
      for (const [number, bits] of some) assert.ok(bits === all.get(number), `${number} of ${count} from ${first}`);
    }
  }

  for (const { architecture, model = {}, size = 8, seen = 0, block = 256, ema = false } of cases) {
    const what = Object.entries(model).map(([key, value]) => `${key} ${value}`);
    it(`makes the example of a number, whatever is asked for beside it: ${[architecture, ...what].join(', ')}`, async () => {
      const data = noiseDataset(size, 1, 40, architecture === 'image-to-image' ? 1 : 0);
      const training = { emaHalfLife: ema ? 100 : 0, growEvery: 100_000 };
      const overrides = { model: { architecture, ...model }, training };
      await withSampler(overrides, data, (sampler) => assertByNumber(sampler, block, seen));
    });
  }

  for (const architecture of points) {
    it(`and of points: ${architecture}`, async () => {
      const config = tinyConfig({ model: { architecture }, data: { source: 'points' } });
      const dataset = await openDataset(config.data);
      const overrides = { model: { architecture, latentSize: 2 } };
      const block = architecture === 'mlp-autoregressive' ? 64 : 256;
      await withSampler(overrides, dataset, (sampler) => assertByNumber(sampler, block, 0));
    });
  }

  it('makes examples of the classes asked for, others for another seed, and stops when it is told to', async () => {
    await withSampler({ model: { conditional: true } }, noiseDataset(), async (sampler) => {
      const twos = await drawn(sampler, { count: 5, labelOf: () => 2 });
      assert.ok([...twos.values()].every((bits) => bits.startsWith('2 ')));
      const inTurn = await drawn(sampler, { count: 5 });
      assert.deepEqual(
        [...inTurn.values()].map((bits) => bits[0]),
        ['0', '1', '2', '0', '1'],
      );
      assert.equal(inTurn.get(2), twos.get(2));
      assert.notEqual(inTurn.get(1), twos.get(1));
      await assert.rejects(drawn(sampler, { count: 1, labelOf: () => 3 }), /of class 3, and there are 3$/);

      const stop = new AbortController();
      const blocks = sampler.samples({ count: 10_000, seed: 1, signal: stop.signal }, 0);
      assert.equal((await blocks.next()).value?.first, 0);
      stop.abort(new Error('enough'));
      await assert.rejects(blocks.next(), /^Error: enough$/);
    });
  });

  it('draws other numbers for each block, however many there are', async () => {
    // Two blocks whose names, "generate 338999" and "generate 1103510", have the same hash.
    await withSampler({}, noiseDataset(), async (sampler) => {
      const of = async (block: number) => [...(await drawn(sampler, { first: block * 256, count: 1 })).values()];
      const [one, other, far] = [await of(338_999), await of(1_103_510), await of(2 ** 32 - 1)];
      assert.equal(new Set([...one, ...other, ...far]).size, 3);
    });
  });

  it('gives examples that are made from others the classes of those, or the classes asked for', async () => {
    const data = noiseDataset(16, 1, 7);
    const overrides: Overrides = { model: { architecture: 'super-resolution', conditional: true } };
    await withSampler(overrides, data, async (sampler) => {
      const own = await drawn(sampler, { first: 5, count: 4 });
      // Labels count 0, 1, 2 over seven examples, which come again and again.
      assert.deepEqual(
        [...own.values()].map((bits) => bits[0]),
        ['2', '0', '0', '1'],
      );
      const twos = await drawn(sampler, { first: 5, count: 4, labelOf: () => 2 });
      assert.equal(twos.get(5), own.get(5));
      assert.ok([...twos.values()].every((bits) => bits.startsWith('2 ')));
      assert.notEqual(twos.get(7)?.slice(2), own.get(7)?.slice(2));
    });
    const unlabelled: Dataset = {
      info: data.info,
      read: async (indices) => ({ ...(await data.read(indices)), labels: null }),
      async close() {},
    };
    await withSampler(overrides, unlabelled, async (sampler) => {
      await assert.rejects(drawn(sampler, { count: 1 }), /noise has no labels: say which class/);
      assert.equal((await drawn(sampler, { count: 1, labelOf: () => 1 })).size, 1);
    });
  });

  it('reads sources again after reading them has failed', async () => {
    const data = noiseDataset(16);
    let failures = 1;
    const failing: Dataset = {
      ...data,
      async read(indices) {
        if (failures-- > 0) throw new Error('the disk is gone');
        return data.read(indices);
      },
    };
    await withSampler({ model: { architecture: 'super-resolution' } }, failing, async (sampler) => {
      await assert.rejects(drawn(sampler, { count: 1 }), /^Error: the disk is gone$/);
      assert.equal((await drawn(sampler, { count: 1 })).size, 1);
    });
  });

  it('says what is missing where examples are made from others', async () => {
    const config = tinyConfig({ model: { architecture: 'super-resolution' } });
    const engine = await createEngine('cpu');
    const spec = modelSpec(config, noiseDataset(16).info);
    assert.throws(() => new Sampler({ config, spec, variables: new Variables(), engine }), /give sources$/);
    await engine.dispose();
  });

  it('makes a million images of 28×28 pixels in constant memory', async function () {
    // Half a minute where nothing else runs.
    this.timeout(900_000);
    const data = noiseDataset(28);
    await withSampler({ model: { architecture: 'chapter-mlp-conv' } }, data, async (sampler) => {
      let count = 0;
      let sum = 0;
      let early = 0;
      let most = 0;
      for await (const { examples } of sampler.samples({ count: 1_000_000, seed: 1 }, 0)) {
        count += examples.shape[0] ?? 0;
        sum += examples.data[0] ?? Number.NaN;
        const resident = process.memoryUsage.rss();
        // By then what is used again and again has been taken.
        if (count <= 50_000) early = Math.max(early, resident);
        most = Math.max(most, resident);
      }
      assert.equal(count, 1_000_000);
      assert.ok(Number.isFinite(sum));
      // All of them are 3,136 MB; blocks come and go in some tens, between two collections.
      assert.ok(most - early < 400e6, `from ${early / 1e6} to ${most / 1e6} MB`);
    });
  });
});
