import assert from 'node:assert/strict';
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';
import { MetricsHistory, smooth } from '../../webview/run/metrics-history.ts';

const row = (step: number, loss = step): MetricsRow => ({
  step,
  seconds: step / 10,
  images: step * 64,
  generatorLoss: loss,
  discriminatorLoss: 2 * loss,
  imagesPerSecond: 640,
  stall: 0,
});

describe('MetricsHistory', () => {
  it('orders rows that come late and takes the last of those with the same step', () => {
    const history = new MetricsHistory();
    history.replace([row(3), row(1), row(2), row(2, 20)]);
    assert.deepEqual(history.steps(), [1, 2, 3]);
    assert.deepEqual(history.curve('generatorLoss'), [1, 20, 3]);
    history.add([row(5), row(4)]);
    history.add([row(2, 7), row(6)]);
    assert.deepEqual(history.steps(), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(history.curve('generatorLoss'), [1, 7, 3, 4, 5, 6]);
  });

  it('makes gaps of values that are no finite numbers and drops rows without a step', () => {
    const history = new MetricsHistory();
    history.replace([row(1), row(2, Number.NaN), row(3, Number.POSITIVE_INFINITY), row(Number.NaN)]);
    assert.deepEqual(history.curve('generatorLoss'), [1, null, null]);
    assert.deepEqual(history.curve('noSuchStatistic'), [null, null, null]);
  });
});

describe('smooth', () => {
  it('changes nothing at weight 0 and keeps a constant constant', () => {
    assert.deepEqual(smooth([3, 1, null, 2], 0), [3, 1, null, 2]);
    for (const value of smooth([5, 5, 5, 5], 0.9)) assert.ok(Math.abs((value ?? 0) - 5) < 1e-12);
  });

  it('is the average of the past weighted by its age, without the pull towards 0', () => {
    const [first, second] = smooth([1, 3], 0.5);
    assert.equal(first, 1);
    // (0.25 × 1 + 0.5 × 3) / 0.75
    assert.ok(Math.abs((second ?? 0) - 1.75 / 0.75) < 1e-12);
  });

  it('passes over gaps', () => {
    const smoothed = smooth([1, null, 3], 0.5);
    assert.equal(smoothed[1], null);
    assert.equal(smoothed[2], smooth([1, 3], 0.5)[1]);
  });
});
