import assert from 'node:assert/strict';
import { type Progress, progressText, speedText } from '../../extension/runs/progress.ts';

const dataset = { name: 'mnist', size: 60_000, unit: 'images', shape: [28, 28, 1], classes: 10 };
const row = { imagesPerSecond: 320, stall: 0 };

function progress(change: Partial<Progress> = {}): Progress {
  return {
    name: 'mnist',
    state: 'running',
    record: { step: 1000, steps: 3000, dataset },
    recent: [
      { ...row, step: 1100, images: 35_200, seconds: 110 },
      { ...row, step: 1200, images: 38_400, seconds: 120 },
    ],
    ...change,
  };
}

describe('progress in words', () => {
  it('has the newest step and the time left', () => {
    assert.equal(progressText(progress()), 'step 1,200 of 3,000 · 3 min left');
  });

  it('knows no time left without metrics', () => {
    assert.equal(progressText(progress({ recent: [] })), 'step 1,000 of 3,000');
  });

  it('promises no time left while it is paused', () => {
    assert.equal(progressText(progress({ state: 'paused' })), 'step 1,200 of 3,000');
  });

  it('counts what the dataset holds in a second', () => {
    assert.equal(speedText(progress()), '320 images/s');
    const record = { step: 1000, steps: 3000, dataset: { ...dataset, unit: 'points' } };
    assert.equal(speedText(progress({ record })), '320 points/s');
    assert.equal(speedText(progress({ recent: [] })), '');
  });

  it('is empty before anything is known', () => {
    assert.equal(progressText(progress({ record: undefined, recent: [] })), '');
    assert.equal(progressText(progress({ record: { step: 0, steps: 0, dataset: null }, recent: [] })), '');
  });
});
