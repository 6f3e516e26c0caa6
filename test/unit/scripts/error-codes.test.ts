/** The table of error codes and the program; that every code used is in the table, types say. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeFromOutside, errorKindOf, errorKinds } from '../../../sidecar/terms/error-codes.ts';
import { exitCodeOf } from '../../../sidecar/terms/exit-codes.ts';

const table = join('sidecar', 'terms', 'error-codes.ts');

async function sourceOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  return (await Promise.all(files.filter((file) => file !== table).map((file) => readFile(file, 'utf8')))).join('\n');
}

describe('Error codes', () => {
  it('are each used', async () => {
    const source = `${await sourceOf('sidecar')}\n${await sourceOf('extension')}`;
    const unused = Object.keys(errorKinds).filter((code) => !source.includes(`'${code}'`));
    assert.deepEqual(unused, []);
  });

  it('begin with their area', () => {
    for (const [code, { area }] of Object.entries(errorKinds)) assert.equal(code.split('/')[0], area);
  });

  it('of another version have what follows from their area', () => {
    assert.equal(codeFromOutside('data/later'), 'data/later');
    assert.deepEqual(errorKindOf('data/later'), errorKindOf('data/missing'));
    assert.equal(exitCodeOf('device/later'), 4);
  });

  it('of an area that is not known are failures without an offer', () => {
    for (const code of ['later/what', '', 'constructor', 'toString/x', 'x/y']) {
      assert.deepEqual(errorKindOf(code), errorKindOf('internal'), code);
    }
  });
});
