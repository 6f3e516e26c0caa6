/** Samples from the folder of a run, without its data and without training. */
import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { Engine } from '../../../sidecar/engine/engine.ts';
import { createEngine } from '../../../sidecar/engine/index.ts';
import { loadCheckpoint } from '../../../sidecar/runs/checkpoint.ts';
import { resumedConfig } from '../../../sidecar/runs/run-config.ts';
import { type RunSamplerOptions, samplerOfRun } from '../../../sidecar/sampling/of-run.ts';
import { Sampler } from '../../../sidecar/sampling/sampler.ts';
import { Variables } from '../../../sidecar/sampling/variables.ts';
import { restoreCheckpoint } from '../../../sidecar/training/checkpoint-state.ts';
import { createTrainer } from '../../../sidecar/training/create-trainer.ts';
import { modelSpec } from '../../../sidecar/training/model-spec.ts';
import { emptyFolder, removeFolders } from '../runs/fixtures.ts';

const withCode = (code: string) => (error: Error & { code?: string }) => error.code === code;

describe('A sampler of a run', () => {
  /** A conditional DCGAN, four steps. */
  const stored = resolve('test', 'unit', 'sidecar', 'cases', 'run-0.3.0');
  let engine: Engine;
  before(async () => {
    engine = await createEngine('cpu');
  });
  after(() => engine.dispose());
  afterEach(removeFolders);

  const samplesOf = async (directory: string, options?: RunSamplerOptions) => {
    const sampler = await samplerOfRun(directory, engine, options);
    const values: number[] = [];
    for await (const { examples } of sampler.samples({ count: 20, seed: 9 })) values.push(...examples.data);
    sampler.dispose();
    return { values, step: sampler.step };
  };

  it('makes what the model makes that training restores from the same checkpoint', async () => {
    const { values, step } = await samplesOf(stored);
    assert.deepEqual([values.length, step], [20 * 16 * 16, 4]);

    const config = await resumedConfig(stored, []);
    const dataset = await openDataset(config.data);
    const variables = new Variables();
    const trainer = createTrainer(config, dataset, variables, engine);
    restoreCheckpoint(config, variables, await loadCheckpoint(stored, 4));
    const sampler = new Sampler({ config, spec: modelSpec(config, dataset.info), variables, engine });
    const expected: number[] = [];
    for await (const { examples } of sampler.samples({ count: 20, seed: 9 }, 16)) expected.push(...examples.data);
    assert.deepEqual(values, expected);
    sampler.dispose();
    trainer.dispose();
    variables.dispose();
    await dataset.close();
  });

  it('says what a folder lacks', async () => {
    const directory = join(await emptyFolder(), 'run');
    await assert.rejects(samplesOf(directory), withCode('runs/no-run'));
    await cp(stored, directory, { recursive: true });
    await assert.rejects(samplesOf(directory, { step: 3 }), withCode('runs/no-checkpoint'));
    await assert.rejects(
      samplesOf(directory, { averaged: true }),
      /has no tensor ema\/generator\/.*without their average/,
    );
    await rm(join(directory, 'checkpoints'), { recursive: true });
    await assert.rejects(samplesOf(directory), withCode('runs/no-checkpoint'));
  });
});
