import assert from 'node:assert/strict';
import { accuracy, classShares, klDivergence, totalVariation } from '../../../sidecar/evaluation/histogram.ts';
import { countModes } from '../../../sidecar/evaluation/modes.ts';

describe('class shares', () => {
  it('add up to one, and count what is there', () => {
    assert.deepEqual([...classShares([2, 0, 2, 2], 4)], [0.25, 0, 0.75, 0]);
    assert.throws(() => classShares([], 2), RangeError);
    assert.throws(() => classShares([0, 2], 2), /label 2/);
  });

  it('are compared by KL divergence and total variation', () => {
    const [p, q] = [
      [0.5, 0.5, 0],
      [0.25, 0.25, 0.5],
    ];
    assert.ok(Math.abs(klDivergence(p, q) - Math.log(2)) < 1e-15);
    assert.equal(klDivergence(q, p), Number.POSITIVE_INFINITY);
    assert.equal(klDivergence(p, p), 0);
    assert.equal(totalVariation(p, q), 0.5);
    assert.equal(totalVariation(p, p), 0);
  });

  it('accuracy is the share of equal labels', () => {
    assert.equal(accuracy([1, 2, 3, 4], [1, 2, 0, 0]), 0.5);
    assert.throws(() => accuracy([1], [1, 2]), RangeError);
    assert.throws(() => accuracy([], []), RangeError);
  });
});

describe('modes', () => {
  it('are combinations of the digits in the channels', () => {
    // Images 012, 012, 120, 221 of 27 modes: shares 1/2, 1/4, 1/4.
    const modes = countModes([0, 1, 2, 0, 1, 2, 1, 2, 0, 2, 2, 1], 3, 3);
    assert.deepEqual([modes.found, modes.all], [3, 27]);
    const expected = 0.5 * Math.log(27 / 2) + 2 * 0.25 * Math.log(27 / 4);
    assert.ok(Math.abs(modes.divergence - expected) < 1e-12);
  });

  it('are all there, with no divergence, in equal shares', () => {
    const digits = Array.from({ length: 1000 }, (_, mode) => [
      Math.floor(mode / 100),
      Math.floor(mode / 10) % 10,
      mode % 10,
    ]);
    const { found, divergence } = countModes(digits.flat(), 3, 10);
    assert.equal(found, 1000);
    assert.ok(Math.abs(divergence) < 1e-9);
  });

  it('refuses digits that make no whole image', () => {
    assert.throws(() => countModes([1, 2], 3, 10), RangeError);
  });
});
