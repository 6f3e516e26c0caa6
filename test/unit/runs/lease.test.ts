import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Lease, leaseHolder } from '../../../sidecar/runs/lease.ts';
import { processStart } from '../../../sidecar/runs/process-identity.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';
import { buildProgram } from '../programs.ts';
import { emptyFolder, removeFolders } from './fixtures.ts';

const leases = async (directory: string) => (await readdir(directory)).filter((name) => name.startsWith('lease'));
const inUse = (error: unknown) => error instanceof UserError && error.code === 'runs/in-use';
const never = () => assert.fail('the lease was lost');

/** A lease as another process would have left it. */
const foreign = (directory: string, content: object, name = 'lease-1.json') =>
  writeFile(join(directory, name), JSON.stringify({ pid: 1, host: 'elsewhere', processStart: 'x', ...content }));

describe('Leases', () => {
  const children: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await removeFolders();
  });

  it('belong to one holder until released', async () => {
    const directory = await emptyFolder();
    const lease = await Lease.acquire(directory, never);
    assert.deepEqual(await leaseHolder(directory), { pid: process.pid, host: hostname() });
    await assert.rejects(Lease.acquire(directory, never), (error: unknown) => {
      assert.ok(inUse(error));
      assert.match(String(error), new RegExp(`Process ${process.pid} on .* is training`));
      return true;
    });
    await lease.release();
    assert.equal(await leaseHolder(directory), null);
    assert.deepEqual(await readdir(directory), []);
    await (await Lease.acquire(directory, never)).release();
  });

  it('of a process killed with kill -9 are taken over at once', async () => {
    const directory = await emptyFolder();
    const child = spawn(process.execPath, [await buildProgram('test/unit/runs/lease-child.ts'), directory]);
    children.push(child);
    await once(child.stdout, 'data');
    assert.equal((await leaseHolder(directory))?.pid, child.pid);
    await assert.rejects(Lease.acquire(directory, never), inUse);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(await leaseHolder(directory), null);
    const lease = await Lease.acquire(directory, never);
    assert.deepEqual(await leases(directory), ['lease-2.json']);
    await lease.release();
  });

  it('go to one of many processes that want a stale one at the same moment', async () => {
    const directory = await emptyFolder();
    const program = await buildProgram('test/unit/runs/lease-child.ts');
    await foreign(directory, { host: hostname(), pid: 2 ** 22 - 1 }, 'lease-7.json');
    const words = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const child = spawn(process.execPath, [program, directory]);
        children.push(child);
        const [word] = await once(child.stdout, 'data');
        return String(word).trim();
      }),
    );
    assert.deepEqual(words.sort(), ['held', ...Array<string>(5).fill('runs/in-use')]);
  });

  it('of a reused process number are stale', async () => {
    const directory = await emptyFolder();
    await foreign(directory, { host: hostname(), pid: process.pid, processStart: 'another boot, another start' });
    assert.equal(await leaseHolder(directory), process.platform === 'win32' ? process.pid : null);
  });

  it('of another machine are alive for as long as they are renewed', async () => {
    const directory = await emptyFolder();
    await foreign(directory, {});
    assert.deepEqual(await leaseHolder(directory), { pid: 1, host: 'elsewhere' });
    const minuteAgo = new Date(Date.now() - 60_000);
    await utimes(join(directory, 'lease-1.json'), minuteAgo, minuteAgo);
    assert.equal(await leaseHolder(directory), null);
  });

  it('are renewed every second, and notice that they were removed', async () => {
    const directory = await emptyFolder();
    const losses = new EventEmitter();
    const lease = await Lease.acquire(directory, (reason) => losses.emit('lost', reason));
    const file = join(directory, 'lease-1.json');
    const renewedAt = async () => JSON.parse(await readFile(file, 'utf8')).renewedAt as string;
    const first = await renewedAt();
    while ((await renewedAt()) === first) await new Promise((resolve) => setTimeout(resolve, 50));
    const lost = once(losses, 'lost');
    await rm(file);
    assert.match(String(await lost), /lease-1\.json was removed/);
    await lease.release();
  });

  it('know a process by its start, and a zombie as gone', async () => {
    assert.notEqual(await processStart(process.pid), null);
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    assert.equal(await processStart(child.pid!), null);
  });
});
