import assert from 'node:assert/strict';
import { describeMetric, LOOP_METRICS, METRICS } from '../../../sidecar/terms/metrics.ts';

describe('metric descriptions', () => {
  const all = Object.entries({ ...METRICS, ...LOOP_METRICS });

  it('explain every metric in sentences', () => {
    for (const [name, { explanation }] of all) assert.match(explanation, /^[A-Z].+\.$/, name);
  });

  it('have a label each, which no other metric has', () => {
    const labels = all.map(([, { label }]) => label.toLowerCase());
    assert.equal(new Set(labels).size, all.length);
    for (const label of labels) assert.ok(label.length > 0 && label.length <= 24, label);
  });

  it('keep what the loop measures apart from what models report', () => {
    assert.deepEqual(
      Object.keys(LOOP_METRICS).filter((name) => name in METRICS),
      [],
    );
  });

  it('have none for a name that is not theirs, whatever objects inherit', () => {
    assert.equal(describeMetric('somethingNewer'), undefined);
    assert.equal(describeMetric('constructor'), undefined);
    assert.equal(describeMetric('stall')?.unit, 'share');
  });
});
