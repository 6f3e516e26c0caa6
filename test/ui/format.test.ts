import assert from 'node:assert/strict';
import { formatRate, formatShare, formatTick, formatValue } from '../../webview/base/format.ts';
import { defaultViewState, parseViewState } from '../../webview/run/view-state.ts';

describe('Numbers in the panel', () => {
  it('writes losses with about four significant digits', () => {
    const cases: [number | null, string][] = [
      [0.81234, '0.8123'],
      [-0.5, '−0.5000'],
      [12.3456, '12.346'],
      [1234.56, '1234.6'],
      [0.00001234, '1.23e-5'],
      [0, '0.0000'],
      [Number.NaN, 'NaN'],
      [null, 'NaN'],
      [Number.POSITIVE_INFINITY, '∞'],
    ];
    for (const [loss, text] of cases) assert.equal(formatValue(loss), text);
  });

  it('writes shares as percentages', () => {
    const cases: [number, string][] = [
      [0, '0%'],
      [0.0001, '< 0.1%'],
      [0.003, '0.3%'],
      [0.0995, '10%'],
      [0.834, '83%'],
      [1, '100%'],
      [Number.NaN, 'NaN'],
    ];
    for (const [share, text] of cases) assert.equal(formatShare(share), text);
  });

  it('writes rates and ticks', () => {
    assert.equal(formatRate(7.25), '7.3');
    assert.equal(formatRate(1234.5), '1,235');
    assert.equal(formatRate(Number.NaN), '–');
    assert.equal(formatTick(1250), '1,250');
    assert.equal(formatTick(12_500), '12.5K');
  });
});

describe('View state', () => {
  it('is read back as it was stored', () => {
    const view = {
      chart: 'scores',
      logScale: true,
      smoothing: 0.9,
      zoom: [10, 20],
      sampleStep: 500,
      table: true,
      statistics: false,
    };
    assert.deepEqual(parseViewState(JSON.parse(JSON.stringify(view))), view);
  });

  it('falls back to defaults, each value by itself', () => {
    assert.deepEqual(parseViewState(undefined), defaultViewState);
    assert.deepEqual(parseViewState({ smoothing: 7, zoom: [3, 1], sampleStep: 'x', logScale: true }), {
      ...defaultViewState,
      logScale: true,
    });
  });
});
