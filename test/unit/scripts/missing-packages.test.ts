import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { missingPackages } from '../../../scripts/missing-packages.mjs';

describe('missing packages', () => {
  let folder: string;
  const write = (name: string, packages: object) => {
    const file = path.join(folder, name);
    writeFileSync(file, JSON.stringify({ packages }));
    return file;
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gan-packages-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('names what is absent or of another version, but not what is optional', () => {
    const wanted = write('wanted.json', {
      '': { name: 'project' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/@scope/b': { version: '2.0.0' },
      'node_modules/a/node_modules/c': { version: '3.0.0' },
      'node_modules/other-platform': { version: '1.0.0', optional: true },
      'node_modules/this-platform': { version: '1.0.0', optional: true },
    });
    const installed = write('installed.json', {
      'node_modules/a': { version: '1.0.0' },
      'node_modules/@scope/b': { version: '1.9.0' },
      'node_modules/this-platform': { version: '0.9.0', optional: true },
    });
    assert.deepEqual(missingPackages(wanted, installed), ['@scope/b', 'c', 'this-platform']);
    assert.deepEqual(missingPackages(wanted, wanted), []);
  });

  it('names every package before the first installation', () => {
    const wanted = write('wanted.json', { '': {}, 'node_modules/a': { version: '1.0.0' } });
    assert.deepEqual(missingPackages(wanted, path.join(folder, 'absent.json')), ['a']);
  });
});
