/** Processes as objects, with real processes: how they end, and what ends with them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endTree, taskkill } from '../../../extension/processes/end-tree.ts';
import { askingFirst, ChildProgram, isCrash } from '../../../extension/processes/program.ts';
import { needs, posix } from '../conditions.ts';

/** Milliseconds that no test waits out: who is asked to end ends at once. */
const LONG = 3_600_000;

describe('a program of the sidecar', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'gan-program-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  let count = 0;
  const start = (program: string, nodePath?: string) => {
    const script = join(folder, `${count++}.cjs`);
    writeFileSync(script, program);
    return new ChildProgram({
      nodePath,
      script,
      args: [],
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      outlives: false,
    });
  };
  /** Resolves once the program has printed something. */
  const ready = async (program: ChildProgram) => {
    assert.ok(program.stdout);
    await once(program.stdout, 'data');
  };
  /** Starts a helper that shares its pipes: those close, and `stopped` resolves, only when both are gone. */
  const withHelper = `
    require('node:child_process').spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)'], {
      stdio: 'inherit',
    });
    setInterval(() => {}, 1000);`;

  it('tells its exit code', async () => {
    const end = await start('process.exit(3)').stopped;
    assert.deepEqual([end, isCrash(end)], [{ how: 'exited', code: 3 }, false]);
  });

  it('tells a crash, from a shell that reports one too', async function () {
    needs(this, posix, 'POSIX signals');
    const killed = await start(`process.kill(process.pid, 'SIGSEGV')`).stopped;
    assert.deepEqual([killed, isCrash(killed)], [{ how: 'killed', signal: 'SIGSEGV' }, true]);
    assert.ok(isCrash(await start('process.exit(139)').stopped));
  });

  it('tells that it could not be started', async () => {
    const end = await start('', '/nowhere/node').stopped;
    assert.equal(end.how === 'not-started' && end.error.code, 'ENOENT');
  });

  it('stops with what it has started', async () => {
    const program = start(withHelper);
    await ready(program);
    const end = await program.stop();
    if (posix) assert.deepEqual(end, { how: 'killed', signal: 'SIGKILL' });
  });

  it('can be stopped twice, and after its end', async () => {
    const program = start('setInterval(() => {}, 1000)');
    const [first, second] = await Promise.all([program.stop(), program.stop()]);
    assert.deepEqual(first, second);
    assert.deepEqual(await program.stop(), first);
    assert.deepEqual(await start('process.exit(3)').stopped, { how: 'exited', code: 3 });
  });

  it('may clean up when it is asked first', async function () {
    needs(this, posix, 'POSIX signals');
    const program = start(
      `process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('up')`,
    );
    await ready(program);
    assert.deepEqual(await askingFirst(program, LONG).stop(), { how: 'exited', code: 7 });
  });

  it('is ended with what it has started when it does not do as it is asked', async function () {
    needs(this, posix, 'POSIX signals');
    const program = start(`process.on('SIGTERM', () => {}); ${withHelper}`);
    await ready(program);
    assert.deepEqual(await askingFirst(program, 1).stop(), { how: 'killed', signal: 'SIGKILL' });
  });
});

describe('ending a tree of processes', () => {
  it('takes Windows’ own program for it, from its own folder', () => {
    assert.deepEqual(taskkill(42, { SystemRoot: 'D:\\Windows' }), {
      file: 'D:\\Windows\\System32\\taskkill.exe',
      args: ['/T', '/F', '/PID', '42'],
    });
    assert.equal(taskkill(42, {}).file, 'C:\\Windows\\System32\\taskkill.exe');
  });

  it('minds no process that is gone', () => endTree(2 ** 30));
});
