/** Samples from the folder that a run has left, of every family, against those of the trainer that wrote it. */
import assert from 'node:assert/strict';
import type { ArchitectureName } from '../../sidecar/config/resolved-config.ts';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import { samplerOfRun } from '../../sidecar/sampling/of-run.ts';
import { type SampleBlock, Sampler } from '../../sidecar/sampling/sampler.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { takeCheckpoint } from '../../sidecar/training/checkpoint-state.ts';
import { createTrainer } from '../../sidecar/training/create-trainer.ts';
import { modelSpec } from '../../sidecar/training/model-spec.ts';
import { emptyFolder, openWriter, record, removeFolders } from '../unit/runs/fixtures.ts';
import { noiseDataset, type Overrides, tinyConfig } from './fixtures.ts';
import { batchAt } from './gan-fixtures.ts';

const STEPS = 4;

interface Case {
  readonly architecture: ArchitectureName;
  readonly model?: Overrides['model'];
  readonly training?: Overrides['training'];
}

const cases: readonly Case[] = [
  { architecture: 'dcgan', model: { conditional: true }, training: { emaHalfLife: 10 } },
  { architecture: 'dcgan', model: { conditional: true, generators: 2 }, training: { emaHalfLife: 0 } },
  {
    architecture: 'resnet',
    model: { conditional: true, conditioning: 'projection', normalization: { generator: 'conditional-batch' } },
  },
  // Sixteen images bring it into its second stage, where it fades in.
  { architecture: 'progressive', training: { emaHalfLife: 10, growEvery: 10 } },
  { architecture: 'image-to-image', training: { emaHalfLife: 10 } },
  { architecture: 'super-resolution', model: { conditional: true } },
  { architecture: 'vae', model: { conditional: true }, training: { emaHalfLife: 10 } },
  { architecture: 'pixelcnn', model: { levels: 4 }, training: { emaHalfLife: 10 } },
];

describe('A sampler of a finished run', function () {
  this.timeout(120_000);
  let engine: Engine;
  before(async () => {
    engine = await createEngine('cpu');
  });
  after(() => engine.dispose());
  afterEach(removeFolders);

  /** Trains some steps and leaves the folder of a run. Returns what its own weights make. */
  async function trained(directory: string, { architecture, model = {}, training = {} }: Case) {
    const dataset = noiseDataset(16, 1, 40, architecture === 'image-to-image' ? 1 : 0);
    const { shape, name, size, classNames } = dataset.info;
    const config = tinyConfig({ model: { architecture, ...model }, training, data: { source: 'digits' } });
    const facts = { name, size, unit: 'images', shape, classes: classNames?.length ?? 0 };
    const variables = new Variables();
    const trainer = createTrainer(config, dataset, variables, engine);
    const writer = await openWriter(directory, { config, record: { ...record, dataset: facts } });
    for (let step = 0; step < STEPS; step++) {
      await trainer.step(step, await batchAt(dataset, step, trainer.examplesPerStep));
    }
    await writer.checkpoint(await takeCheckpoint(config, variables, STEPS, 1));
    await writer.finish({ state: 'finished', error: null });

    const spec = modelSpec(config, dataset.info);
    const sampler = new Sampler({ config, spec, variables, engine, sources: dataset });
    const blocks = await all(sampler.samples(request, STEPS * trainer.examplesPerStep));
    sampler.dispose();
    trainer.dispose();
    variables.dispose();
    return { dataset, blocks };
  }

  const request = { first: 60, count: 8, seed: 9 };

  async function all(stream: AsyncIterable<SampleBlock>): Promise<SampleBlock[]> {
    const blocks: SampleBlock[] = [];
    for await (const block of stream) blocks.push(block);
    return blocks;
  }

  for (const each of cases) {
    const { architecture, model = {}, training = {} } = each;
    const what = [architecture, ...Object.keys({ ...model, ...training })].join(', ');
    it(`makes what the trainer's weights make: ${what}`, async () => {
      const directory = await emptyFolder();
      const { dataset, blocks } = await trained(directory, each);
      assert.ok(blocks.length > 0);
      const sampler = await samplerOfRun(directory, engine, { sources: dataset });
      assert.equal(sampler.step, STEPS);
      assert.deepEqual(await all(sampler.samples(request)), blocks);
      sampler.dispose();
    });
  }

  it('makes other examples of the weights themselves than of their average', async () => {
    const directory = await emptyFolder();
    const { blocks } = await trained(directory, { architecture: 'dcgan', training: { emaHalfLife: 10 } });
    const sampler = await samplerOfRun(directory, engine, { averaged: false });
    assert.notDeepEqual(await all(sampler.samples(request)), blocks);
    sampler.dispose();
  });

  it('refuses a model that makes examples from others without those, or with others of another size', async () => {
    const directory = await emptyFolder();
    await trained(directory, { architecture: 'super-resolution' });
    await assert.rejects(samplerOfRun(directory, engine), { code: 'model/no-sources' });
    await assert.rejects(samplerOfRun(directory, engine, { sources: noiseDataset(32) }), {
      code: 'model/sources',
      message: /noise are 32×32×1, and the run was trained on 16×16×1/,
    });
  });
});
