import assert from 'node:assert/strict';
import { linearTicks, valueRange, valueTicks } from '../../webview/charts/scale.ts';

describe('Axis of values', () => {
  it('holds the data with a margin and has height even for one value', () => {
    const [low, high] = valueRange(0.5, 2, 'linear');
    assert.ok(low < 0.5 && high > 2);
    const [below, above] = valueRange(0.7, 0.7, 'linear');
    assert.ok(below < 0.7 && above > 0.7);
    const [lowLog, highLog] = valueRange(0.7, 0.7, 'log');
    assert.ok(lowLog > 0 && lowLog < 0.7 && highLog > 0.7);
    assert.ok(valueRange(0, 0, 'linear')[1] > 0);
  });

  it('does not go below zero for losses that do not', () => {
    assert.equal(valueRange(0.01, 3, 'linear')[0], 0);
    assert.ok(valueRange(-1, 3, 'linear')[0] < -1);
  });

  it('holds on a linear axis the values that it is asked to', () => {
    assert.deepEqual(valueRange(0.4, 0.6, 'linear', [0, 1]), [0, 1.06]);
    assert.equal(valueRange(20, 30, 'linear', [0])[0], 0);
    assert.deepEqual(valueRange(20, 30, 'log', [0]), valueRange(20, 30, 'log'));
  });

  it('has something to show without data', () => {
    assert.deepEqual(valueRange(null, null, 'linear'), [0, 1]);
    assert.deepEqual(valueRange(null, Number.NaN, 'log'), [0.1, 10]);
  });

  it('puts linear ticks at round numbers, exactly', () => {
    assert.deepEqual(linearTicks(0.05, 0.62, 6), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
    assert.deepEqual(linearTicks(-1.2, 1.2, 5), [-1, -0.5, 0, 0.5, 1]);
    assert.deepEqual(linearTicks(0.75, 1.42, 3), [0.8, 1, 1.2, 1.4]);
  });

  it('puts logarithmic ticks at as many round numbers as there is room for', () => {
    assert.deepEqual(valueTicks([0.09, 11], 'log', 8), [0.1, 0.2, 0.5, 1, 2, 5, 10]);
    assert.deepEqual(valueTicks([0.09, 11], 'log', 4), [0.1, 1, 10]);
    assert.ok(valueTicks([1e-6, 1e6], 'log', 5).length <= 7);
  });

  it('labels a logarithmic axis of less than a decade', () => {
    assert.deepEqual(valueTicks([0.85, 2.2], 'log', 8), [1, 1.2, 1.4, 1.6, 1.8, 2, 2.2]);
  });

  it('is symmetric around zero for losses of both signs', () => {
    const ticks = valueTicks([-12, 12], 'symmetric-log', 7);
    assert.ok(ticks.includes(0));
    assert.deepEqual(ticks, ticks.map((tick) => (tick === 0 ? 0 : -tick)).reverse());
  });
});
