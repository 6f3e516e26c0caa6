import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import {
  dataConfig,
  imagesOf,
  noImage,
  range,
  rejectsWith,
  sharedData,
  temporaryFolder,
  toByte,
  write,
  writeImage,
} from './fixtures.ts';

describe('Archives of images', () => {
  const folder = temporaryFolder();
  const archive = (name = 'images.tar') => join(folder.path, name);
  const config = (more: Partial<DataConfig> = {}) => dataConfig({ source: 'tar', path: archive(), ...more });

  /** A tar of images of one grey each, by name; other contents as they are. */
  const save = async (files: Readonly<Record<string, number | string>>, name = 'images.tar') => {
    const tar = pack();
    for (const [file, value] of Object.entries(files)) {
      const content =
        typeof value === 'string'
          ? Buffer.from(value)
          : await readFile(await writeImage(join(folder.path, 'one.png'), 8, 8, [value]));
      // A fixed time, so that the archive has the same bytes whenever it is made.
      tar.entry({ name: file, mtime: new Date(0) }, content);
    }
    tar.finalize();
    const target = createWriteStream(archive(name));
    await (name.endsWith('gz') ? pipeline(tar, createGzip(), target) : pipeline(tar, target));
  };

  for (const name of ['images.tar', 'images.tar.gz']) {
    it(`take folders inside as classes (${name})`, async () => {
      await save(
        { './dog/b.png': 20, 'cat/z.png': 10, 'dog/deep/a.PNG': 30, 'cat/.x.png': 1, '__MACOSX/d.png': 2 },
        name,
      );
      const path = archive(name);
      const { info, read } = await openDataset(config({ path }));
      assert.deepEqual([info.size, info.shape[0], info.shape[2], info.name], [3, 8, 1, path]);
      assert.deepEqual(info.classNames, ['cat', 'dog']);
      const { images, labels } = await imagesOf(read([0, 1, 2]));
      assert.deepEqual(
        [0, 64, 128].map((i) => toByte(images[i]!)),
        [20, 10, 30],
      );
      assert.deepEqual(labels, Int32Array.of(1, 0, 1));
      const facts = await inspectData(config({ path }));
      assert.deepEqual([facts.format, facts.size, facts.classNames], ['tar', 3, ['cat', 'dog']]);
    });
  }

  it('have no labels where images lie at the top, and leave out what is damaged', async () => {
    await save({ 'a.png': 5, 'b.png': 'no image', 'notes.txt': 'x', 'c/d.png': 6 });
    const log: string[] = [];
    const { info } = await openDataset(config(), { log: (_, message) => log.push(message) });
    assert.deepEqual([info.size, info.classNames], [2, null]);
    assert.deepEqual(info.skipped, [
      { file: 'b.png', reason: noImage },
      { file: 'notes.txt', reason: noImage },
    ]);
    assert.deepEqual(
      log,
      ['b.png', 'notes.txt'].map((name) => `Skipped ${archive()}/${name}: ${noImage}.`),
    );
  });

  it('without an image are an error', async () => {
    await save({ 'notes.txt': 'x' });
    for (const work of [openDataset, inspectData]) await rejectsWith('data/no-images', work(config()), 'notes.txt');
    await save({ 'a.png': 'no image' });
    for (const work of [openDataset, inspectData])
      await rejectsWith('data/no-images', work(config()), 'a.png', noImage);
  });

  it('that are none, cut short or absent are an error', async () => {
    await save({ 'a.png': 5, 'b.png': 6 });
    const whole = await readFile(archive());
    const bad: readonly [string, Uint8Array, string][] = [
      ['data/not-a-tar', Buffer.alloc(4096, 'text '), 'not a tar archive'],
      ['data/truncated', whole.subarray(0, 600), 'a.png'],
      ['data/truncated', gzipSync(whole).subarray(0, 150), 'cut short'],
      // After the header's ten bytes, a block of type 3, which there is not.
      ['data/corrupt-gzip', Buffer.concat([gzipSync(whole).subarray(0, 10), Buffer.alloc(90, 7)]), 'gzip'],
      ['data/empty-file', Buffer.alloc(0), 'empty'],
    ];
    for (const [code, content, part] of bad) {
      await write(archive('bad.tar'), content);
      const path = archive('bad.tar');
      await rejectsWith(code, openDataset(config({ path })), path, part);
      await rejectsWith(code, inspectData(config({ path })), path, part);
    }
    await rejectsWith('data/missing', openDataset(config({ path: archive('none.tar') })), 'none.tar');
    await rejectsWith('data/not-a-file', openDataset(config({ path: folder.path })), folder.path);
    await rejectsWith('data/no-path', openDataset(config({ path: null })), 'tar archive');
  });

  it('hold real icons: 3,926 RGBA images of 32×32', async function () {
    const path = sharedData(this, 'icons32/icons32.tar');
    const facts = await inspectData(config({ path }));
    assert.deepEqual([facts.size, facts.shape[0], facts.shape[2], facts.classNames], [3926, 32, 4, null]);
    const started = performance.now();
    const { info, read } = await openDataset(config({ path }));
    const decoded = performance.now();
    assert.deepEqual([info.size, info.shape[0], info.shape[2], info.skipped], [3926, 32, 4, []]);
    const again = await openDataset(config({ path }));
    console.log(
      `      decoded in ${Math.round(decoded - started)} ms, opened again in ${Math.round(performance.now() - decoded)} ms`,
    );
    const indices = range(300).map((i) => i * 13);
    assert.deepEqual((await imagesOf(again.read(indices))).images, (await imagesOf(read(indices))).images);
    const flat = (await imagesOf(read(range(3926)))).images;
    const distinct = new Set(
      range(3926).map((i) => Buffer.from(flat.slice(i * 4096, (i + 1) * 4096).buffer).toString('latin1')),
    );
    assert.equal(distinct.size, 3926);
  });
});
