import assert from 'node:assert/strict';
import { mochaCounts, summary } from '../../../scripts/test-summary.mjs';

describe('test summary', () => {
  it('sums the counts of mocha reports, coloured or not', () => {
    const plain = '  3 passing (12ms)\n  1 pending\n  2 failing\n\n  1) a test about 7 passing trains\n';
    const coloured = '\u001b[92m \u001b[0m\u001b[32m 40 passing\u001b[0m\u001b[90m (1s)\u001b[0m\n';
    assert.deepEqual(mochaCounts(plain + coloured), { passed: 43, failed: 2, skipped: 1 });
  });

  it('finds nothing in other output', () => {
    assert.deepEqual(mochaCounts('12 passing by\nError: 3 failing'), { passed: 0, failed: 0, skipped: 0 });
  });

  it('ends with the sums alone on the last line', () => {
    const results = [
      { name: 'lint', passed: 1, failed: 0, skipped: 0, seconds: 1 },
      { name: 'unit', passed: 20, failed: 1, skipped: 0, seconds: 2.5 },
    ];
    assert.equal(summary(results).split('\n').at(-1), '21 passed, 1 failed');
    const withSkipped = [...results, { name: 'data', passed: 0, failed: 0, skipped: 4, seconds: 0 }];
    assert.equal(summary(withSkipped).split('\n').at(-1), '21 passed, 1 failed, 4 skipped');
  });
});
