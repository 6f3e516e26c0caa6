import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { Dataset } from '../../sidecar/data/dataset.ts';
import { openDataset } from '../../sidecar/data/open.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import { train } from '../../sidecar/training/train.ts';
import { MemoryRecorder, tinyConfig, undisturbed } from './fixtures.ts';

const folder = path.resolve('../shared/data/mnist');

describe('training on MNIST', () => {
  let dataset: Dataset;

  before(async function () {
    if (!existsSync(folder)) {
      console.log(`      skipped: there is no MNIST in ${folder}`);
      this.skip();
    }
    const data = { ...tinyConfig().data, source: 'mnist', path: folder, resize: 'crop' } as const;
    dataset = await openDataset(data, {});
  });
  after(() => dataset?.close());

  for (const [architecture, steps] of [
    ['chapter-mlp-conv', 60],
    ['dcgan', 60],
    ['chapter-deep', 10],
  ] as const) {
    it(`${architecture}: ${steps} steps move the generator towards the data`, async () => {
      const engine = await createEngine('cpu');
      const recorder = new MemoryRecorder();
      const config = tinyConfig({
        model: { architecture, latentSize: 100, baseChannels: 8, conditional: architecture === 'chapter-deep' },
        // A discriminator that learns as fast is far ahead of so small a generator at this point.
        optimizer: { discriminator: { learningRate: 2e-4, beta1: 0.5, beta2: 0.999 } },
        training: { steps, batchSize: 32 },
        monitor: { logEvery: 1, gridSize: 4 },
      });
      try {
        await train({ config, dataset, engine, recorder, control: undisturbed });
      } finally {
        await engine.dispose();
      }

      for (const { generatorLoss = -1, discriminatorLoss = -1, realScore = -1, fakeScore = -1 } of recorder.rows) {
        assert.ok(Number.isFinite(generatorLoss) && generatorLoss > 0);
        assert.ok(Number.isFinite(discriminatorLoss) && discriminatorLoss > 0);
        for (const score of [realScore, fakeScore]) assert.ok(score >= 0 && score <= 1);
      }
      const [first, last] = [recorder.rows[0], recorder.rows.at(-1)];
      // The discriminator begins undecided, and learns.
      assert.ok(Math.abs((first?.realScore ?? 0) - 0.5) < 0.2);
      assert.notEqual(last?.realScore, first?.realScore);
      if (steps >= 60) {
        const [before, after] = [await brightness(recorder, 0), await brightness(recorder, steps)];
        assert.ok(after < before - 15, `mean of the first grid ${before}, of the last ${after}`);
      }
    });
  }
});

/** Mean byte of a grid: about 128 from an untrained generator, 33 for MNIST. */
async function brightness(recorder: MemoryRecorder, step: number): Promise<number> {
  const pixels = await sharp(recorder.samples.get(step)?.bytes).raw().toBuffer();
  return pixels.reduce((sum, x) => sum + x, 0) / pixels.length;
}
