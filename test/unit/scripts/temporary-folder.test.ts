import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

describe('A temporary folder of tests', () => {
  it('is gone with the process that made it, whatever lies in it', () => {
    const program = `
      import { mkdirSync, writeFileSync } from 'node:fs';
      import { temporaryFolder } from './test/host/paths.ts';
      const folder = temporaryFolder('gone');
      mkdirSync(folder + '/deep');
      writeFileSync(folder + '/deep/file', 'x');
      console.log(folder);`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    const folder = stdout.trim();
    assert.match(folder, /gan-gone-/);
    assert.equal(existsSync(folder), false);
  });
});
