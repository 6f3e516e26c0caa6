import assert from 'node:assert/strict';
import { guard } from '../../../extension/config-language/guard.ts';

describe('guard of the language server', () => {
  const logged: string[] = [];
  const guarded = guard((message) => logged.push(message));

  it('turns a bug into an empty answer and a line in the log', async () => {
    const broken = guarded('Hover', 'nothing', (_offset: number): string => {
      throw new TypeError('undefined is not a hover');
    });
    assert.equal(await broken(3), 'nothing');
    assert.match(logged[0] ?? '', /^Hover failed: TypeError: undefined is not a hover\n\s+at /);
  });

  it('does the same for a rejected promise', async () => {
    assert.equal(await guarded('Fixes', 0, () => Promise.reject('no reason'))(), 0);
    assert.equal(logged[1], 'Fixes failed: no reason');
  });

  it('passes answers through', async () =>
    assert.equal(await guarded('Sum', 0, (a: number, b: number) => a + b)(1, 2), 3));
});
