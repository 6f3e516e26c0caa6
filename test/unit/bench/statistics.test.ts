import assert from 'node:assert/strict';
import { agree, largestDifference } from '../../bench/measure.ts';
import { ratio, summarise } from '../../bench/statistics.ts';

describe('benchmark statistics', () => {
  it('takes the middle value, or the mean of the two', () => {
    assert.deepEqual(summarise([3, 1, 2]), { median: 2, lowest: 1, highest: 3 });
    assert.deepEqual(summarise([4, 1, 2, 3]), { median: 2.5, lowest: 1, highest: 4 });
    assert.throws(() => summarise([]), RangeError);
  });

  it('compares round by round, so that a machine that slows down changes no ratio', () => {
    assert.equal(ratio([200, 100, 50], [100, 50, 25]), 2);
    assert.throws(() => ratio([1, 2], [1]), RangeError);
  });

  it('finds the largest difference of losses, and never takes NaN for agreement', () => {
    const reference = [
      { discriminator: 1, generator: 0.5 },
      { discriminator: 4, generator: 0.5 },
    ];
    const near = [
      { discriminator: 1, generator: 0.5 },
      { discriminator: 4.4, generator: 0.45 },
    ];
    assert.ok(Math.abs(largestDifference(near, reference) - 0.1) < 1e-9, 'relative above 1, absolute below');
    const broken = [{ discriminator: Number.NaN, generator: 0.5 }];
    assert.equal(largestDifference(broken, reference), Number.POSITIVE_INFINITY);
    assert.equal(largestDifference(reference, reference.slice(0, 1)), Number.POSITIVE_INFINITY);
  });

  it('is stricter about the first step than about those that Adam has moved', () => {
    const reference = Array.from({ length: 2 }, () => ({ discriminator: 1, generator: 0.5 }));
    const off = (first: number, second: number) => [
      { discriminator: 1 + first, generator: 0.5 },
      { discriminator: 1, generator: 0.5 + second },
    ];
    const tolerance = { first: 1e-3, later: 1e-2 };
    assert.equal(agree(off(0.9e-3, 0.9e-2), reference, tolerance), true);
    assert.equal(agree(off(1.1e-3, 0), reference, tolerance), false);
    assert.equal(agree(off(0, 1.1e-2), reference, tolerance), false);
  });
});
