import assert from 'node:assert/strict';
import { linearTicks, lossRange, lossTicks } from '../../webview/charts/scale.ts';

describe('Loss axis', () => {
  it('holds the data with a margin and has height even for one value', () => {
    const [low, high] = lossRange(0.5, 2, 'linear');
    assert.ok(low < 0.5 && high > 2);
    const [below, above] = lossRange(0.7, 0.7, 'linear');
    assert.ok(below < 0.7 && above > 0.7);
    const [lowLog, highLog] = lossRange(0.7, 0.7, 'log');
    assert.ok(lowLog > 0 && lowLog < 0.7 && highLog > 0.7);
    assert.ok(lossRange(0, 0, 'linear')[1] > 0);
  });

  it('does not go below zero for losses that do not', () => {
    assert.equal(lossRange(0.01, 3, 'linear')[0], 0);
    assert.ok(lossRange(-1, 3, 'linear')[0] < -1);
  });

  it('has something to show without data', () => {
    assert.deepEqual(lossRange(null, null, 'linear'), [0, 1]);
    assert.deepEqual(lossRange(null, Number.NaN, 'log'), [0.1, 10]);
  });

  it('puts linear ticks at round numbers, exactly', () => {
    assert.deepEqual(linearTicks(0.05, 0.62, 6), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
    assert.deepEqual(linearTicks(-1.2, 1.2, 5), [-1, -0.5, 0, 0.5, 1]);
    assert.deepEqual(linearTicks(0.75, 1.42, 3), [0.8, 1, 1.2, 1.4]);
  });

  it('puts logarithmic ticks at as many round numbers as there is room for', () => {
    assert.deepEqual(lossTicks([0.09, 11], 'log', 8), [0.1, 0.2, 0.5, 1, 2, 5, 10]);
    assert.deepEqual(lossTicks([0.09, 11], 'log', 4), [0.1, 1, 10]);
    assert.ok(lossTicks([1e-6, 1e6], 'log', 5).length <= 7);
  });

  it('labels a logarithmic axis of less than a decade', () => {
    assert.deepEqual(lossTicks([0.85, 2.2], 'log', 8), [1, 1.2, 1.4, 1.6, 1.8, 2, 2.2]);
  });

  it('is symmetric around zero for losses of both signs', () => {
    const ticks = lossTicks([-12, 12], 'symmetric-log', 7);
    assert.ok(ticks.includes(0));
    assert.deepEqual(ticks, ticks.map((tick) => (tick === 0 ? 0 : -tick)).reverse());
  });
});
