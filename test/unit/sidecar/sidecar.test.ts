import assert from 'node:assert/strict';
import { access, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { loadLatestCheckpoint } from '../../../sidecar/runs/checkpoint.ts';
import { connectToRun, type RunConnection } from '../../../sidecar/runs/connection.ts';
import { RunReader } from '../../../sidecar/runs/reader.ts';
import type { MetricsRow } from '../../../sidecar/terms/run-record.ts';
import { needs, posix } from '../conditions.ts';
import { emptyFolder, removeFolders } from '../runs/fixtures.ts';
import { fileOf, killAll, type Started, startProgram, startSidecar, writeTinyConfig } from './fixtures.ts';

const endless = ['--set', 'training.steps=1000000'];

describe('A sidecar', () => {
  let folder: string;
  let directory: string;
  let config: string;

  beforeEach(async () => {
    folder = await emptyFolder();
    directory = join(folder, 'run');
    config = await writeTinyConfig(folder);
  });
  afterEach(async () => {
    killAll();
    await removeFolders();
  });

  async function start(...options: readonly string[]): Promise<Started> {
    const sidecar = await startSidecar('train', '--config', config, '--run-dir', directory, ...options);
    await fileOf(sidecar, join(directory, 'session.json'));
    return sidecar;
  }

  /** The next row that the sidecar reports. */
  const nextRow = (connection: RunConnection) =>
    new Promise<MetricsRow>((resolve) => {
      const listener = connection.onNews((method, params) => {
        if (method !== 'metrics') return;
        listener.dispose();
        resolve(params as MetricsRow);
      });
    });

  const runJson = async () => JSON.parse(await readFile(join(directory, 'run.json'), 'utf8'));

  it('trains, is watched by several at once, pauses, goes on, and stops with a checkpoint', async () => {
    const sidecar = await start(...endless);
    const [first, second] = await Promise.all([connectToRun(directory, 'first'), connectToRun(directory, 'second')]);
    await Promise.all([nextRow(first), nextRow(second)]);

    assert.equal((await first.request('pause')).state, 'paused');
    const paused = await new RunReader(directory).snapshot();
    assert.equal(paused.run.state, 'paused');
    assert.equal((await second.request('pause')).state, 'paused');
    assert.equal((await new RunReader(directory).metrics()).length, paused.metrics.length);

    const row = nextRow(first);
    assert.equal((await second.request('resume')).state, 'running');
    assert.equal((await row).step, paused.metrics.length + 1);

    const closed = new Promise<void>((resolve) => first.onClose(resolve));
    const stopped = await second.request('stop');
    assert.equal(stopped.state, 'stopped');
    await closed;
    assert.deepEqual(await sidecar.end, { code: 0, stdout: '', stderr: '' });
    assert.deepEqual(await runJson(), stopped);
    const checkpoint = await loadLatestCheckpoint(directory, assert.fail);
    assert.equal(checkpoint?.step, stopped.step);
    const left = await readdir(directory);
    assert.ok(!left.includes('session.json') && !left.some((name) => name.startsWith('lease')), left.join());
  });

  it('stops a run that is paused', async () => {
    const sidecar = await start(...endless);
    const connection = await connectToRun(directory, 'test');
    await connection.request('pause');
    assert.equal((await connection.request('stop')).state, 'stopped');
    assert.equal((await sidecar.end).code, 0);
  });

  it('ends with a checkpoint on SIGTERM and goes on from there when resumed', async function () {
    needs(this, posix, 'POSIX signals');
    const sidecar = await start(...endless);
    await nextRow(await connectToRun(directory, 'test'));
    sidecar.process.kill('SIGTERM');
    assert.equal((await sidecar.end).code, 143);
    const { state, step } = await runJson();
    assert.equal(state, 'stopped');
    const again = await startSidecar('resume', '--run-dir', directory, '--set', `training.steps=${step + 3}`);
    assert.deepEqual(await again.end, { code: 0, stdout: '', stderr: '' });
    assert.deepEqual(
      (await new RunReader(directory).metrics()).map((row) => row.step),
      Array.from({ length: step + 3 }, (_, i) => i + 1),
    );
  });

  it('removes the socket that a killed run left, when the next run starts, and nobody else’s', async function () {
    needs(this, posix, 'sockets that are files');
    const socketOf = async (run: string) => JSON.parse(await readFile(join(run, 'session.json'), 'utf8')).socket;
    const killed = await start(...endless);
    const left = await socketOf(directory);
    killed.process.kill('SIGKILL');
    await killed.end;
    await access(left);

    directory = join(folder, 'living');
    await start(...endless);
    await assert.rejects(access(left), { code: 'ENOENT' });
    const living = await connectToRun(directory, 'test');
    const first = directory;
    directory = join(folder, 'another');
    await start(...endless);
    await access(await socketOf(first));
    await nextRow(living);
    await Promise.all([living.request('stop'), (await connectToRun(directory, 'test')).request('stop')]);
  });

  it('refuses a run that another process trains, which goes on undisturbed', async () => {
    await start(...endless);
    const connection = await connectToRun(directory, 'test');
    for (const args of [
      ['train', '--config', config, '--run-dir', directory],
      ['resume', '--run-dir', directory],
    ]) {
      const second = await (await startSidecar(...args)).end;
      assert.equal(second.code, 5);
      assert.match(second.stderr, /^Process \d+ on \S+ is training .*\n$/);
    }
    await nextRow(connection);
    assert.equal((await connection.request('stop')).state, 'stopped');
  });

  it('trains on while strangers attack it', async () => {
    await start(...endless);
    const connection = await connectToRun(directory, 'test');
    const { socket } = JSON.parse(await readFile(join(directory, 'session.json'), 'utf8'));
    await nextRow(connection);
    for (const attack of ['garbage\r\n\r\n', 'Content-Length: 99999999\r\n\r\n', 'Content-Length: 2\r\n\r\n{}']) {
      const stranger = connect(socket);
      const closed = new Promise((resolve) => stranger.on('error', () => {}).on('close', resolve));
      stranger.resume().write(attack);
      await closed;
    }
    const before = await nextRow(connection);
    assert.ok((await nextRow(connection)).step > before.step);
    await connection.request('stop');
    assert.equal((await readFile(join(directory, 'log.txt'), 'utf8')).match(/connection refused/g)?.length, 3);
  });

  it('tells early failures by run.json, one line on stderr and the exit code', async () => {
    const cases: readonly (readonly [string, readonly string[], number, RegExp])[] = [
      ['config', ['--set', 'training.steps=-1'], 2, /config\/invalid/],
      ['data', ['--set', 'data.source=folder', '--set', `data.path=${join(folder, 'nowhere')}`], 3, /data\//],
    ];
    for (const [name, options, exitCode, errorCode] of cases) {
      directory = join(folder, name);
      const sidecar = await startSidecar('train', '--config', config, '--run-dir', directory, ...options);
      const { code, stderr } = await sidecar.end;
      assert.equal(code, exitCode, stderr);
      assert.match(stderr, /^[^\n]+\n$/);
      const { state, error, endedAt } = await runJson();
      assert.equal(state, 'failed');
      assert.match(error.code, errorCode);
      assert.equal(`${error.message}\n`, stderr);
      assert.notEqual(endedAt, null);
    }
  });

  it('refuses a folder that holds a run already, and wrong usage', async () => {
    await mkdir(directory);
    await writeFile(join(directory, 'run.json'), 'somebody’s');
    const second = await (await startSidecar('train', '--config', config, '--run-dir', directory)).end;
    assert.deepEqual([second.code, second.stdout], [5, '']);
    assert.match(second.stderr, /already holds a run/);
    assert.equal(await readFile(join(directory, 'run.json'), 'utf8'), 'somebody’s');
    assert.equal((await (await startSidecar('train', '--config', config)).end).code, 2);
    assert.equal((await (await startSidecar('dance')).end).code, 2);
    assert.equal((await (await startSidecar('resume', '--run-dir', join(folder, 'nowhere'))).end).code, 5);
  });

  it('records a full disk, in one line that says how to go on', async function () {
    needs(this, process.platform === 'linux', '/dev/full of Linux');
    await mkdir(directory);
    await symlink('/dev/full', join(directory, 'metrics.jsonl'));
    const { code, stderr } = await (await startSidecar('train', '--config', config, '--run-dir', directory)).end;
    assert.equal(code, 5);
    assert.match(
      stderr,
      /^Cannot write .*metrics\.jsonl: the disk is full\. Free some space, then resume the run\.\n$/,
    );
    assert.deepEqual((await runJson()).error, { code: 'runs/disk', message: stderr.trim() });
  });

  it('records a fault of the program, with its stack in the log', async () => {
    const child = await startProgram('test/unit/sidecar/faulty-child.ts', [config, directory]);
    await child.end;
    const { state, error } = await runJson();
    assert.deepEqual([state, error.code], ['failed', 'internal']);
    assert.match(
      error.message,
      /^This is a bug in the program: the cat walked over the keyboard\. The log has more\.$/,
    );
    assert.match(await readFile(join(directory, 'log.txt'), 'utf8'), /Error: the cat walked .*\n +at /);
  });

  it('ends when its run directory is removed, and does not make it anew', async () => {
    const sidecar = await start(...endless);
    await nextRow(await connectToRun(directory, 'test'));
    await rm(directory, { recursive: true, maxRetries: 20 });
    const { code, stderr } = await sidecar.end;
    assert.equal(code, 5, stderr);
    assert.match(stderr, /removed/);
    await assert.rejects(readdir(directory), { code: 'ENOENT' });
  });
});
