/** What the extension makes of every way in which `gan` can answer, and end. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliEvent, runCli } from '../../extension/processes/sidecar-cli.ts';
import { needs, posix } from '../unit/conditions.ts';

describe('running gan beside the window', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'gan-cli-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const start = (program: string, signal = new AbortController().signal, nodePath: string | undefined = undefined) => {
    const script = join(folder, 'gan.cjs');
    writeFileSync(script, program);
    const events: CliEvent[] = [];
    const end = runCli({ script, nodePath, args: ['devices'], signal }, (event) => events.push(event));
    return { events, end };
  };
  const fails = (promise: Promise<unknown>, code: string, message: RegExp) =>
    assert.rejects(promise, (error: Error & { code?: string }) => {
      assert.deepEqual([error.code, message.test(error.message)], [code, true], error.message);
      return true;
    });

  it('hands on events, and leaves out what native libraries print in between', async () => {
    const { events, end } = start(
      `console.log('{"event":"device","id":"cpu"}\\nloading libcuda\\n7\\n{"args":' + JSON.stringify(process.argv.slice(2)) + ',"event":"x"}')`,
    );
    await end;
    assert.deepEqual(events, [
      { event: 'device', id: 'cpu' },
      { event: 'x', args: ['devices', '--json'] },
    ]);
  });

  it('throws what the program says went wrong, with its code', () =>
    fails(
      start(`console.log('{"event":"error","code":"device/install","message":"No driver."}'); process.exitCode = 4`)
        .end,
      'device/install',
      /^No driver\.$/,
    ));

  it('throws the last line of a program that failed otherwise', () =>
    fails(
      start(`console.error('a warning\\ngan: Unknown option.\\n'); process.exitCode = 2`).end,
      'sidecar/command-failed',
      /^gan: Unknown option\.$/,
    ));

  it('tells a crash from a failure', async function () {
    needs(this, posix, 'POSIX signals');
    await fails(
      start(`process.kill(process.pid, 'SIGSEGV')`).end,
      'sidecar/crashed',
      /SIGSEGV.*gan\.sidecar\.nodePath/,
    );
  });

  it('says which runtime is not there', () =>
    fails(
      start('', undefined, '/nowhere/node').end,
      'sidecar/no-runtime',
      /^Cannot start \/nowhere\/node: no such file/,
    ));

  it('asks a cancelled program to end, waits until it has, and hears nothing more of it', async function () {
    needs(this, posix, 'POSIX signals');
    const cancel = new AbortController();
    const cleaned = join(folder, 'cleaned');
    const program = `
      process.on('SIGTERM', () => {
        require('node:fs').writeFileSync(${JSON.stringify(cleaned)}, '');
        console.log('{"event":"late"}');
        process.exit(143);
      });
      setInterval(() => {}, 1000);
      console.log('{"event":"ready"}');`;
    const script = join(folder, 'gan.cjs');
    writeFileSync(script, program);
    const events: CliEvent[] = [];
    const end = runCli({ script, nodePath: undefined, args: [], signal: cancel.signal }, (event) => {
      events.push(event);
      cancel.abort();
    });
    await fails(end, 'sidecar/cancelled', /./);
    assert.ok(existsSync(cleaned));
    assert.deepEqual(events, [{ event: 'ready' }]);
  });

  it('starts nothing that is cancelled before', () =>
    fails(start('', AbortSignal.abort()).end, 'sidecar/cancelled', /./));
});
