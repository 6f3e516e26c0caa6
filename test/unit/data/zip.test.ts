import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import {
  casePath,
  dataConfig,
  imagesOf,
  noImage,
  range,
  rejectsWith,
  temporaryFolder,
  toByte,
  write,
  writeImage,
} from './fixtures.ts';
import { type ZipEntry, zip } from './zip-files.ts';

describe('Zip archives of images', () => {
  const folder = temporaryFolder();
  const archive = () => join(folder.path, 'images.zip');
  const config = (more: Partial<DataConfig> = {}) => dataConfig({ source: 'zip', path: archive(), ...more });
  const open = async (more: Partial<DataConfig> = {}) => {
    const log: string[] = [];
    return { ...(await openDataset(config(more), { log: (_, message) => log.push(message) })), log };
  };

  /** A PNG of one grey. */
  const png = async (grey: number) => readFile(await writeImage(join(folder.path, 'one.png'), 8, 8, [grey]));
  const save = async (...entries: ZipEntry[]) => write(archive(), zip(entries));
  const image = async (name: string, grey: number, more: Partial<ZipEntry> = {}): Promise<ZipEntry> => ({
    name,
    content: await png(grey),
    ...more,
  });

  it('have the labels of StyleGAN\u2019s dataset.json', async () => {
    const path = casePath('stylegan-dataset.zip');
    const { info, read } = await open({ path });
    assert.deepEqual([info.size, info.shape[0], info.classNames, info.skipped], [4, 32, ['0', '1'], []]);
    assert.deepEqual((await read(range(4))).labels, Int32Array.of(0, 1, 0, 1));
    const facts = await inspectData(config({ path }));
    assert.deepEqual([facts.format, facts.size, facts.classNames], ['zip', 4, ['0', '1']]);
    assert.equal(facts.skipped.count, 0);
  });

  it('take folders inside as classes, through a folder around them, compressed or not', async () => {
    await save(
      { name: 'set/', content: new Uint8Array(0), stored: true },
      await image('set/dog/b.png', 20),
      await image('set/cat/z', 10, { stored: true }),
      await image('set\\dog\\deep\\a.PNG', 30),
      await image('__MACOSX/set/._b.png', 1),
      await image('set/.hidden/c.png', 1),
    );
    const { info, read } = await open();
    assert.deepEqual([info.size, info.classNames, info.skipped], [3, ['cat', 'dog'], []]);
    const { images, labels } = await imagesOf(read(range(3)));
    assert.deepEqual(labels, Int32Array.of(1, 0, 1));
    assert.deepEqual(
      range(3).map((i) => toByte(images[64 * i]!)),
      [20, 10, 30],
    );
    assert.deepEqual((await inspectData(config())).classNames, ['cat', 'dog']);
  });

  it('leave out files that cannot be read, each with its reason', async () => {
    const content = await png(7);
    await save(
      await image('good.png', 7),
      await image('../../etc/out.png', 7),
      await image('nul\0.png', 7),
      await image('secret.png', 7, { encrypted: true }),
      await image('lzma.png', 7, { method: 14 }),
      await image('checksum.png', 7, { checksum: 1 }),
      { name: 'twice.png', content: Buffer.concat([content, content]), stored: true },
      { name: 'deflated.png', content: Buffer.from('this is no deflated data'), method: 8, stored: true },
      { name: 'notes\u001b[31m.txt', content: Buffer.from('x') },
      await image('/absolute.png', 9),
    );
    const { info, read, log } = await open();
    assert.equal(info.size, 3);
    const { images } = await imagesOf(read(range(3)));
    // The second is two images behind each other, of which decoders see the first.
    assert.deepEqual(
      range(3).map((i) => toByte(images[64 * i]!)),
      [7, 7, 9],
    );
    assert.deepEqual(
      info.skipped.map(({ file, reason }) => `${file}: ${reason}`),
      [
        '../../etc/out.png: its name leads out of the archive',
        'nul\ufffd.png: a NUL byte in its name',
        'secret.png: encrypted',
        'lzma.png: packed by another method than deflate (14)',
        `notes\ufffd[31m.txt: ${noImage}`,
        'checksum.png: damaged in the archive',
        'deflated.png: damaged in the archive',
      ],
    );
    assert.equal(log.length, 7);
    assert.equal(log[0], `Skipped ${archive()}/../../etc/out.png: its name leads out of the archive.`);
    assert.ok(
      log.every((line) => line.startsWith('Skipped ') && !/\p{Cc}/u.test(line)),
      log.join('\n'),
    );
    const facts = await inspectData(config());
    assert.deepEqual([facts.size, facts.skipped.count], [3, 7]);
  });

  it('with a damaged dataset.json have no labels, and say so', async () => {
    await save(await image('a.png', 1), { name: 'dataset.json', content: Buffer.from('{}'), checksum: 1 });
    const { lostLabels } = await inspectData(config());
    assert.equal(lostLabels?.reason, 'dataset.json is not a JSON file: write it again');
  });

  it('of which all is encrypted say so', async () => {
    await save(await image('a.png', 1, { encrypted: true }), await image('b.png', 1, { encrypted: true }));
    for (const work of [openDataset, inspectData])
      await rejectsWith('data/encrypted', work(config()), archive(), 'unpack');
  });

  it('without an image, empty, cut short, damaged or absent are an error', async () => {
    await save({ name: 'notes.txt', content: Buffer.from('x') });
    for (const work of [openDataset, inspectData]) await rejectsWith('data/no-images', work(config()), 'notes.txt');
    await save();
    await rejectsWith('data/no-images', inspectData(config()), 'empty');
    await save(await image('a.png', 1), await image('b.png', 2));
    const whole = await readFile(archive());
    const directory = whole.indexOf('PK\x01\x02');
    const bad: readonly [string, Uint8Array, string][] = [
      ['data/empty-file', Buffer.alloc(0), 'empty'],
      ['data/not-a-zip', Buffer.alloc(4096, 'text '), 'not a zip archive'],
      ['data/not-a-zip', whole.subarray(0, -30), 'cut short'],
      ['data/not-a-zip', Buffer.from(whole).fill(0, directory + 51, directory + 55), 'after a.png'],
    ];
    for (const [code, content, part] of bad) {
      await write(archive(), content);
      await rejectsWith(code, openDataset(config()), archive(), part);
      await rejectsWith(code, inspectData(config()), archive(), part);
    }
    await rejectsWith('data/missing', openDataset(config({ path: join(folder.path, 'none.zip') })), 'none.zip');
    await rejectsWith('data/not-a-file', openDataset(config({ path: folder.path })), folder.path);
    await rejectsWith('data/no-path', openDataset(config({ path: null })), 'zip archive');
  });

  it('are read anew once the archive has changed', async () => {
    await save(await image('a.png', 1));
    assert.equal(toByte((await imagesOf((await open()).read([0]))).images[0]!), 1);
    await save(await image('a.png', 200), await image('b.png', 3));
    const { info, read } = await open();
    assert.deepEqual([info.size, toByte((await imagesOf(read([0]))).images[0]!)], [2, 200]);
  });

  it('stop when cancelled', async () => {
    await save(await image('a.png', 1));
    const signal = AbortSignal.abort(new Error('cancelled by the test'));
    await assert.rejects(openDataset(config(), { signal }), /cancelled by/);
  });
});
