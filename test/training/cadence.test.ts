import assert from 'node:assert/strict';
import { checkpointDue, metricsDue, sampleDue, totalSteps } from '../../sidecar/training/cadence.ts';
import { noiseDataset, tinyConfig } from './fixtures.ts';

const { info } = noiseDataset(8, 1, 10);
const steps = Array.from({ length: 12 }, (_, i) => i + 1);

describe('when the loop records', () => {
  it('counts steps, or epochs rounded up to whole batches', () => {
    assert.equal(totalSteps(tinyConfig({ training: { steps: 5 } }), info), 5);
    assert.equal(totalSteps(tinyConfig({ training: { steps: null, epochs: 2.5 } }), info), 7);
    const endless = { ...info, size: Number.POSITIVE_INFINITY };
    assert.throws(() => totalSteps(tinyConfig({ training: { steps: null, epochs: 1 } }), endless), {
      code: 'training/endless-epochs',
    });
  });

  it('logs the first step, every n-th and the last', () => {
    const config = tinyConfig({ monitor: { logEvery: 5 } });
    assert.deepEqual(
      steps.filter((step) => metricsDue(config, step, 12)),
      [1, 5, 10, 12],
    );
  });

  it('checkpoints every n-th step and the last', () => {
    const config = tinyConfig({ monitor: { checkpointEvery: 5 } });
    assert.deepEqual(
      steps.filter((step) => checkpointDue(config, { step, total: 12, seconds: 0, last: 0 })),
      [5, 10, 12],
    );
    assert.equal(checkpointDue(config, { step: 6, total: 12, seconds: 99.9, last: 40 }), false);
    assert.equal(checkpointDue(config, { step: 6, total: 12, seconds: 100, last: 40 }), true);
  });

  it('samples by steps', () => {
    const config = tinyConfig({ monitor: { sampleEvery: 5 } });
    assert.deepEqual(
      steps.filter((step) => sampleDue(config, info, { step, total: 12, seconds: 0, last: 0 })),
      [5, 10, 12],
    );
  });

  it('samples at the step that completes an epoch', () => {
    // Batches of 4 from 10 images: epochs end in steps 3, 5, 8 and 10.
    const config = tinyConfig({ monitor: { sampleEveryEpochs: 1 } });
    assert.deepEqual(
      steps.filter((step) => sampleDue(config, info, { step, total: 100, seconds: 0, last: 0 })),
      [3, 5, 8, 10],
    );
  });

  it('samples by time', () => {
    const config = tinyConfig({ monitor: { sampleEverySeconds: 10 } });
    assert.equal(sampleDue(config, info, { step: 1, total: 100, seconds: 9.9, last: 0 }), false);
    assert.equal(sampleDue(config, info, { step: 1, total: 100, seconds: 10, last: 0 }), true);
    assert.equal(sampleDue(config, info, { step: 1, total: 100, seconds: 29.9, last: 20 }), false);
    assert.equal(sampleDue(config, info, { step: 1, total: 100, seconds: 30, last: 20 }), true);
  });
});
