import assert from 'node:assert/strict';
import { durationText, paceOf, secondsLeft } from '../../../sidecar/terms/pace.ts';

const row = (step: number, seconds: number) => ({
  step,
  seconds,
  images: step * 64,
  generatorLoss: 1,
  discriminatorLoss: 1,
  stall: 0,
  imagesPerSecond: 640,
});

describe('the pace of a run', () => {
  it('is not known from the first row, which holds the time of compiling', () => {
    assert.equal(paceOf([]), null);
    assert.equal(paceOf([row(1, 4)]), null);
    assert.equal(secondsLeft([row(1, 4)], 1, 100), null);
  });

  it('comes from the newest rows only', () => {
    const slow = Array.from({ length: 100 }, (_, i) => row(i + 1, (i + 1) * 5));
    const fast = Array.from({ length: 20 }, (_, i) => row(i + 101, 500 + (i + 1) / 10));
    const pace = paceOf([...slow, ...fast]);
    assert.ok(Math.abs((pace?.secondsPerStep ?? 0) - 0.1) < 1e-9);
    assert.ok(Math.abs((pace?.examplesPerSecond ?? 0) - 640) < 1e-6);
  });

  it('tells the time left, never below none, and nothing while the number of steps is not known', () => {
    const rows = [row(40, 4), row(50, 5)];
    assert.ok(Math.abs((secondsLeft(rows, 50, 100) ?? 0) - 5) < 1e-9);
    assert.equal(secondsLeft(rows, 120, 100), 0);
    assert.equal(secondsLeft(rows, 50, 0), null);
  });

  it('is written in at most two units', () => {
    const cases: [number, string][] = [
      [0, '0 s'],
      [0.3, '< 1 s'],
      [45.4, '45 s'],
      [59.7, '1 min'],
      [200, '3 min 20 s'],
      [3900, '1 h 5 min'],
      [7200, '2 h'],
      [183_600, '2 d 3 h'],
      [Number.NaN, '–'],
    ];
    for (const [seconds, text] of cases) assert.equal(durationText(seconds), text);
  });
});
