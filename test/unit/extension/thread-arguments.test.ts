import assert from 'node:assert/strict';
import { threadArguments } from '../../../extension/editor/thread-arguments.ts';

describe('gan.sidecar.threads as arguments', () => {
  const cases: readonly (readonly [number, readonly string[]])[] = [
    [0, []],
    [3, ['--threads', '3']],
    [2.9, ['--threads', '2']],
    [64, ['--threads', '8']],
    [-1, []],
    [Number.NaN, []],
  ];
  for (const [setting, expected] of cases) {
    it(`${JSON.stringify(setting)} on 8 cores`, () => assert.deepEqual(threadArguments(setting, 8), expected));
  }
});
