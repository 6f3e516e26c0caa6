import assert from 'node:assert/strict';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import { train } from '../../sidecar/training/train.ts';
import { createEagerEngine } from './engines.ts';
import { close, MemoryRecorder, noiseDataset, tinyConfig, undisturbed } from './fixtures.ts';

const STEPS = 100;

/**
 * Both engines compute in float32 but sum in another order. A shift before batch normalisation has
 * no effect and a gradient of rounding errors alone, which Adam blows up to full steps: those
 * biases, and the moving means that take them in, end anywhere.
 */
const arbitrary = /^(optimizer\/)?generator\/(dense_[12]\/bias|norm_[12]\/moving_mean)/;
const LOSS_TOLERANCE = 1e-6;
const WEIGHT_TOLERANCE = 1e-5;

async function run(engine: Engine): Promise<MemoryRecorder> {
  const recorder = new MemoryRecorder();
  const adam = { learningRate: 1e-4, beta1: 0.5, beta2: 0.999 };
  const config = tinyConfig({
    model: { conditional: true },
    optimizer: { generator: adam, discriminator: adam },
    training: { steps: STEPS, batchSize: 8 },
  });
  try {
    await train({ config, dataset: noiseDataset(4), engine, recorder, control: undisturbed });
  } finally {
    await engine.dispose();
  }
  return recorder;
}

describe('engines agree', () => {
  it(`${STEPS} steps on ONNX Runtime end where TensorFlow.js’ own cpu backend ends`, async () => {
    const expected = await run(await createEagerEngine('cpu'));
    const actual = await run(await createEngine('cpu'));
    assert.equal(actual.rows.length, STEPS);
    for (const [i, row] of actual.rows.entries()) {
      for (const key of ['generatorLoss', 'discriminatorLoss', 'realScore', 'fakeScore']) {
        close(row[key] ?? Number.NaN, expected.rows[i]?.[key] ?? Number.NaN, LOSS_TOLERANCE);
      }
    }
    for (const [name, { data }] of Object.entries(actual.last.tensors)) {
      if (arbitrary.test(name)) continue;
      const reference = expected.last.tensors[name]?.data ?? [];
      const at = Array.from(data).findIndex(
        (x, i) => !(Math.abs(x - (reference[i] ?? Number.NaN)) <= WEIGHT_TOLERANCE),
      );
      assert.equal(at, -1, `${name}[${at}] is ${data[at]}, not ${reference[at]}`);
    }
  });
});
