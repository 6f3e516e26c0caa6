import assert from 'node:assert/strict';
import type { ResolvedConfig } from '../../sidecar/config/resolved-config.ts';
import type { Dataset } from '../../sidecar/data/dataset.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import type { CheckpointState } from '../../sidecar/runs/recorder.ts';
import { train } from '../../sidecar/training/train.ts';
import { close, MemoryRecorder, noiseDataset, numbersOf, tinyConfig, undisturbed } from './fixtures.ts';
import { open } from './gan-fixtures.ts';

const cpu = () => createEngine('cpu');

async function run(config: ResolvedConfig, dataset: Dataset, checkpoint?: CheckpointState): Promise<MemoryRecorder> {
  const engine = await cpu();
  const recorder = new MemoryRecorder();
  const options = { config, dataset, engine, recorder, control: undisturbed };
  try {
    await train(checkpoint ? { ...options, checkpoint } : options);
  } finally {
    await engine.dispose();
  }
  return recorder;
}

/** Trains whole and in two parts, which must come to the same. */
async function resumesExactly(config: (steps: number) => ResolvedConfig, data: Dataset, half: number, all: number) {
  const whole = await run(config(all), data);
  const first = await run(config(half), data);
  const rest = await run(config(all), data, first.last);
  assert.deepEqual(rest.last.tensors, whole.last.tensors);
  assert.deepEqual([...first.rows, ...rest.rows].map(numbersOf), whole.rows.map(numbersOf));
  assert.deepEqual(rest.samples.get(all), whole.samples.get(all));
  return whole;
}

describe('what adversarial training remembers', () => {
  it('EMA, ADA, LeCam, spectral normalisation and schedules resume bit for bit', async () => {
    const config = (steps: number) =>
      tinyConfig({
        model: { conditional: true, spectralNormalization: 'both', normalization: { generator: 'conditional-batch' } },
        objective: { discriminatorSteps: 2, penalties: { lecam: 0.3, r1: 1 } },
        augmentation: { operations: ['translation', 'color'], adaptive: true, probability: 0.3, instanceNoise: 0.1 },
        training: {
          steps,
          emaHalfLife: 30,
          schedule: { kind: 'exponential', warmupImages: 20 },
          burnIn: { images: 40, learningRate: 2 },
        },
      });
    const whole = await resumesExactly(config, noiseDataset(), 3, 7);
    const names = Object.keys(whole.last.tensors);
    for (const name of ['lecam/real', 'augmentation/probability', 'ema/generator/dense_1/kernel']) {
      assert.ok(names.includes(name), name);
    }
    assert.equal(whole.last.images, 7 * 8);
  });

  it('a growing network resumes bit for bit before, at and after a new resolution', async () => {
    // Steps of 4 images: 8 pixels fade in from step 3 to 5, 16 pixels from step 8 on.
    const config = (steps: number) =>
      tinyConfig({
        model: { architecture: 'progressive', baseChannels: 2 },
        training: { steps, batchSize: 4, growEvery: 10, emaHalfLife: 20 },
      });
    const data = noiseDataset(16, 1);
    const whole = await resumesExactly(config, data, 2, 5);
    for (const half of [3, 4]) {
      const first = await run(config(half), data);
      const rest = await run(config(5), data, first.last);
      assert.deepEqual(rest.last.tensors, whole.last.tensors, `from step ${half}`);
    }
  });

  it('a growing network trains what its resolution has, and grids keep their size', async () => {
    const config = tinyConfig({
      model: { architecture: 'progressive', baseChannels: 2 },
      training: { batchSize: 4, growEvery: 10 },
    });
    const opened = await open(config, noiseDataset(16, 1), cpu);
    try {
      const moved = async (steps: number, from: number) => {
        const before = await opened.variables.read();
        await opened.steps(steps, from);
        const after = await opened.variables.read();
        return Object.keys(before).filter(
          (name) => !name.startsWith('optimizer/') && before[name]?.data.join() !== after[name]?.data.join(),
        );
      };
      const first = await moved(2, 0);
      const grid = await opened.picture(2);
      assert.deepEqual([grid.width, grid.height], [38, 38]);
      // At 4 pixels, each becomes a square of 4 × 4.
      for (let y = 0; y < 16; y++) {
        for (let x = 0; x < 16; x++) {
          const at = (row: number, column: number) => grid.pixels[(2 + row) * grid.width + 2 + column];
          assert.equal(at(y, x), at(y - (y % 4), x - (x % 4)));
        }
      }
      const second = await moved(3, 2);
      const third = await moved(4, 6);
      assert.ok(second.length > first.length && third.length > second.length, `${[first, second, third]}`);
      for (const name of first.filter((each) => !/rgb/i.test(each))) assert.ok(second.includes(name), name);
      assert.equal((await opened.picture(10)).width, 38);
    } finally {
      await opened.close();
    }
  });

  it('a fade of a new resolution begins at the images of the one before', async () => {
    const config = tinyConfig({
      model: { architecture: 'progressive', baseChannels: 2 },
      training: { batchSize: 4, growEvery: 10_000 },
    });
    const opened = await open(config, noiseDataset(16, 1), cpu);
    try {
      const request = { count: 4, labels: null, seed: 1 };
      const before = await opened.generate(request, 2500);
      const after = await opened.generate(request, 2501);
      const difference = Math.max(...before.map((x, i) => Math.abs(x - (after[i] as number))));
      assert.ok(difference > 0 && difference < 0.01, `${difference}`);
    } finally {
      await opened.close();
    }
  });

  it('samples are made with the average of the weights, as its half-life says', async () => {
    const config = tinyConfig({ training: { emaHalfLife: 6, batchSize: 4 } });
    const opened = await open(config, noiseDataset(), cpu);
    try {
      const name = 'generator/dense_2/kernel';
      const statistic = 'generator/norm_1/moving_mean';
      let average = 0;
      const first = (await opened.variables.read())[`ema/${name}`]?.data[0];
      average = first as number;
      for (let step = 0; step < 5; step++) {
        await opened.steps(1, step);
        const values = await opened.variables.read();
        const decay = 0.5 ** (4 / Math.min(6, (4 * (step + 1)) / 2));
        average = decay * average + (1 - decay) * (values[name]?.data[0] as number);
        close(values[`ema/${name}`]?.data[0] as number, average, 1e-6);
        assert.deepEqual(values[`ema/${statistic}`]?.data, values[statistic]?.data);
      }
      const before = await opened.picture(5);
      const values = await opened.variables.read();
      values[name]?.data.fill(0);
      opened.variables.assign(values);
      assert.deepEqual(await opened.picture(5), before);
      values[`ema/${name}`]?.data.fill(0);
      opened.variables.assign(values);
      assert.notDeepEqual(await opened.picture(5), before);
    } finally {
      await opened.close();
    }
  });

  it('the probability of augmentation moves towards its target, every four batches', async () => {
    const config = tinyConfig({
      augmentation: { operations: ['color'], adaptive: true, probability: 0.5, target: 0.6 },
      optimizer: { discriminator: { learningRate: 0 }, generator: { learningRate: 0 } },
    });
    const opened = await open(config, noiseDataset(), cpu);
    try {
      // A discriminator that calls everything real, then one that calls everything generated.
      const probabilities = async (logit: number, from: number) => {
        const now = await opened.variables.read();
        assert.ok(now['discriminator/head/bias']);
        now['discriminator/head/bias'].data.fill(logit);
        opened.variables.assign(now);
        return (await opened.steps(4, from)).map(({ metrics }) => metrics.augmentationProbability as number);
      };
      const moved = (4 * 4) / 500_000;
      const up = await probabilities(50, 0);
      [0.5, 0.5, 0.5, 0.5 + moved].forEach((p, i) => {
        close(up[i] as number, p, 1e-7);
      });
      const down = await probabilities(-50, 4);
      close(down[3] as number, 0.5, 1e-7);
    } finally {
      await opened.close();
    }
  });
});
