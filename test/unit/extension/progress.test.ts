import assert from 'node:assert/strict';
import { durationText, type Progress, progressText, secondsLeft } from '../../../extension/progress.ts';

const row = { generatorLoss: 1, discriminatorLoss: 1, imagesPerSecond: 320 };

function progress(change: Partial<Progress> = {}): Progress {
  return {
    name: 'mnist',
    state: 'running',
    record: { step: 1000, steps: 3000 },
    latest: { ...row, step: 1200, images: 38_400, seconds: 120 },
    ...change,
  };
}

describe('progress in words', () => {
  it('has the newest step and the time left', () => {
    assert.equal(progressText(progress()), 'step 1,200 of 3,000 · 3 min left');
  });

  it('knows no time left without metrics', () => {
    assert.equal(progressText(progress({ latest: undefined })), 'step 1,000 of 3,000');
  });

  it('promises no time left while it is paused', () => {
    assert.equal(progressText(progress({ state: 'paused' })), 'step 1,200 of 3,000');
  });

  it('is empty before anything is known', () => {
    assert.equal(progressText(progress({ record: undefined, latest: undefined })), '');
    assert.equal(progressText(progress({ record: { step: 0, steps: 0 }, latest: undefined })), '');
  });

  it('takes the speed of the whole run, so that one slow step changes little', () => {
    assert.equal(secondsLeft(progress()), 180);
  });

  for (const [seconds, text] of [
    [0, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [3600, '1 h'],
    [12_000, '3 h 20 min'],
    [146_160, '1 d 16 h'],
  ] as const) {
    it(`writes ${seconds} s as ${text}`, () => assert.equal(durationText(seconds), text));
  }
});
