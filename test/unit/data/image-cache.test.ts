import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rename, rm, statfs, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { buildProgram } from '../programs.ts';
import { dataConfig, imagesOf, range, rejectsWith, temporaryFolder, toByte, write, writeImage } from './fixtures.ts';

describe('Decoded images', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, 'images', name);
  const config = (more: Partial<DataConfig> = {}) =>
    dataConfig({ source: 'folder', path: join(folder.path, 'images'), ...more });
  const cached = async () => (await readdir(join(folder.path, 'cache', 'images'))).sort();
  const first = async (more: Partial<DataConfig> = {}) => {
    const dataset = await openDataset(config(more));
    const { images } = await imagesOf(dataset.read([0]));
    await dataset.close();
    return toByte(images[0]!);
  };

  it('are decoded once: later runs read no image file', async () => {
    for (const name of ['a.png', 'b.png']) await writeImage(at(name), 8, 8, [7]);
    assert.equal(await first(), 7);
    const files = await cached();
    assert.equal(files.length, 1);
    const content = await readFile(join(folder.path, 'cache', 'images', files[0]!));
    // What cannot be decoded any more, of the same size and time, shows whether it is looked at.
    for (const name of ['a.png', 'b.png']) {
      const bytes = await readFile(at(name));
      const time = new Date(1_700_000_000_000);
      await utimes(at(name), time, time);
      await first();
      await write(at(name), Buffer.alloc(bytes.length, 1));
      await utimes(at(name), time, time);
      assert.equal(await first(), 7);
    }
    assert.equal((await cached()).length, 1, 'earlier states are removed');
    assert.deepEqual(
      (await readFile(join(folder.path, 'cache', 'images', (await cached())[0]!))).subarray(0, 64),
      content.subarray(0, 64),
    );
  });

  it('are decoded again when a file changes, comes or goes', async () => {
    await writeImage(at('b.png'), 8, 8, [7]);
    await writeImage(at('c.png'), 8, 8, [8]);
    assert.equal(await first(), 7);
    await writeImage(at('b.png'), 8, 8, [70]);
    assert.equal(await first(), 70);
    await writeImage(at('a.png'), 8, 8, [5]);
    assert.equal(await first(), 5);
    await rm(at('a.png'));
    await rename(at('b.png'), at('d.png'));
    assert.equal(await first(), 8);
    assert.equal((await cached()).length, 1);
  });

  it('are kept for each way of delivering them', async () => {
    await writeImage(at('a.png'), 8, 16, [7]);
    for (const more of [{}, { imageSize: 16 }, { channels: 3 }] as const) assert.equal(await first(more), 7);
    assert.equal(await first({ resize: 'pad' }), 0);
    assert.equal((await cached()).length, 4);
  });

  it('are decoded again where their file is damaged', async () => {
    await writeImage(at('a.png'), 8, 8, [7]);
    await first();
    const [name] = await cached();
    const path = join(folder.path, 'cache', 'images', name!);
    const whole = await readFile(path);
    await truncate(path, whole.length - 5);
    assert.equal(await first(), 7);
    assert.deepEqual(await readFile(path), whole);
  });

  it('leave nothing behind when cancelled', async () => {
    for (const i of range(200)) await writeImage(at(`${i}.png`), 8, 8, [i]);
    const controller = new AbortController();
    const progress = (done: number, _: number | null, what: string) => {
      if (what.startsWith('Decoding') && done > 0) controller.abort(new Error('cancelled by the test'));
    };
    await assert.rejects(openDataset(config(), { signal: controller.signal, progress }), /cancelled by the test/);
    assert.deepEqual(await cached(), []);
  });

  it('of two runs at once are whole, and what died runs left is removed', async () => {
    for (const i of range(150)) await writeImage(at(`${String(i).padStart(3, '0')}.png`), 8, 8, [i]);
    const old = join(folder.path, 'cache', 'images', 'x.images.part');
    await write(old, 'half');
    await utimes(old, new Date(0), new Date(0));
    await write(join(folder.path, 'cache', 'images', 'y.images.part'), 'being written');
    const program = await buildProgram('test/unit/data/open-child.ts');
    const answers = range(2).map(() => once(fork(program, [JSON.stringify(config())]), 'message'));
    const own = openDataset(config());
    for (const [answer] of await Promise.all(answers)) assert.deepEqual(answer, range(150));
    const { images } = await imagesOf((await own).read(range(150)));
    assert.deepEqual(
      range(150).map((i) => toByte(images[i * 64]!)),
      range(150),
    );
    const left = await cached();
    assert.deepEqual([left.length, left.filter((name) => name.endsWith('.part'))], [2, ['y.images.part']]);
  });

  it('survive a process that is killed in the middle', async () => {
    for (const i of range(300)) await writeImage(at(`${i}.png`), 8, 8, [i % 256]);
    const program = await buildProgram('test/unit/data/open-child.ts');
    const child = fork(program, [JSON.stringify(config()), 'stop']);
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(await first(), 0);
    assert.equal((await cached()).filter((name) => name.endsWith('.images')).length, 1);
  });

  it('that the disk has no room for are refused before anything is written', async function () {
    const { bavail, bsize } = await statfs(folder.path);
    const rows = Math.ceil((1.05 * bavail * bsize) / (256 * 256 * 4));
    if (rows > 3e6) {
      console.log('      more than 750 GB are free: skipped');
      this.skip();
    }
    await writeImage(at('a.png'), 8, 8, [7]);
    const path = await write(at('t.csv'), `path\n${'a.png\n'.repeat(rows)}`);
    const large = dataConfig({ source: 'table', path, imageSize: 256, channels: 4 });
    await rejectsWith('data/no-space', openDataset(large), ' GB in ', 'GAN_DATASETS_DIR', 'data.imageSize');
    assert.deepEqual(await cached(), []);
  });

  it('need a cache folder that may be written', async () => {
    await writeImage(at('a.png'), 8, 8, [7]);
    process.env.GAN_DATASETS_DIR = at('a.png');
    await rejectsWith('data/not-a-folder', openDataset(config()), at('a.png'));
  });
});
