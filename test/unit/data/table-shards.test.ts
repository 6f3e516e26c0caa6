import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { natural } from '../../../sidecar/data/sources/tables/natural-order.ts';
import {
  dataConfig,
  imagesOf,
  range,
  rejectsWith,
  sharedCase,
  temporaryFolder,
  toByte,
  write,
  writeImage,
} from './fixtures.ts';

describe('Tables of several files', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  const both = [openDataset, inspectData] as const;
  const config = (name: string, more: Partial<DataConfig> = {}) =>
    dataConfig({ source: 'table', path: at(name), ...more });

  /** First pixels and class names of all images, with what was decoded; facts must agree. */
  const readAll = async (data: DataConfig) => {
    const decoded: string[] = [];
    const { info, read, close } = await openDataset(data, { progress: (_, __, what) => decoded.push(what) });
    const { images, labels } = await imagesOf(read(range(info.size)));
    await close();
    const facts = await inspectData(data);
    assert.deepEqual([facts.size, facts.shape, facts.classNames], [info.size, info.shape, info.classNames]);
    return {
      greys: range(info.size).map((i) => toByte(images[i * 64]!)),
      classes: labels && [...labels].map((label) => info.classNames?.[label]),
      decoded: decoded.some((what) => what.startsWith('Decoding')),
    };
  };

  const saveParquet = async (name: string, columns: Readonly<Record<string, readonly unknown[]>>) => {
    const columnData = Object.entries(columns).map(([column, data]) => ({
      name: column,
      type: data[0] instanceof Uint8Array ? ('BYTE_ARRAY' as const) : ('STRING' as const),
      data: [...data],
    }));
    await write(at(name), new Uint8Array(parquetWriteBuffer({ columnData })));
  };

  beforeEach(async () => {
    for (const i of range(12)) await writeImage(at(`grey/${i}.png`), 8, 8, [10 * i]);
  });

  it('are in the order of their names, numbers in theirs', async () => {
    for (const i of [10, 2, 1]) await write(at(`t/part-${i}.csv`), `path,label\n../grey/${i}.png,class ${i}\n`);
    const expected = { greys: [10, 20, 100], classes: ['class 1', 'class 2', 'class 10'] };
    const { decoded, ...found } = await readAll(config('t'));
    assert.deepEqual([found, decoded], [expected, true]);
    assert.equal((await readAll(config('t'))).decoded, false);
    // Labels that only one of the files has are classes of the whole.
    const names = ['10', '9', 'a10', 'a9', 'a', 'a010', 'b1c2', 'b1c10', ''];
    assert.deepEqual(names.sort(natural), ['', '9', '10', 'a', 'a9', 'a010', 'a10', 'b1c2', 'b1c10']);
  });

  it('of images follow a file that changes, comes or goes', async () => {
    await write(at('t/1.csv'), 'path\n../grey/1.png\n');
    await write(at('t/2.csv'), 'path\n../grey/2.png\n');
    assert.deepEqual((await readAll(config('t'))).greys, [10, 20]);
    await write(at('t/3.csv'), 'path\n../grey/3.png\n');
    assert.deepEqual((await readAll(config('t'))).greys, [10, 20, 30]);
    await rm(at('t/1.csv'));
    assert.deepEqual((await readAll(config('t'))).greys, [20, 30]);
    await writeImage(at('grey/3.png'), 8, 8, [99]);
    assert.deepEqual((await readAll(config('t'))).greys, [20, 99]);
  });

  it('may be named by a pattern, of folders too', async () => {
    for (const [part, i] of ['train-1', 'train-2', 'test-1'].entries())
      await write(at(`data/${part < 2 ? 'a' : 'b'}/${i}.csv`), `path\n../../grey/${part}.png\n`);
    assert.deepEqual((await readAll(config('data/a/train-?.csv'))).greys, [0, 10]);
    assert.deepEqual((await readAll(config('data/*/t*-1.csv'))).greys, [0, 20]);
    assert.deepEqual((await readAll(config('data/?/*.csv'))).greys, [0, 10, 20]);
    for (const work of both) {
      await rejectsWith('data/no-table', work(config('data/*/valid-*.csv')), 'valid-*.csv', 'correct the pattern');
      await rejectsWith('data/no-table', work(config('nowhere/*.csv')), 'nowhere');
      await rejectsWith('data/missing', work(config('nowhere')), 'nowhere');
    }
  });

  it('may hold images, and name a damaged one by its file and row', async () => {
    const { readFile } = await import('node:fs/promises');
    const images = await Promise.all([3, 4, 5].map((i) => readFile(at(`grey/${i}.png`))));
    await saveParquet('t/0.parquet', { image: [images[0]!, Uint8Array.of(1)], label: ['x', 'y'] });
    await saveParquet('t/1.parquet', { label: ['y', 'z'], image: images.slice(1) });
    const found = await readAll(config('t'));
    assert.deepEqual(
      [found.greys, found.classes],
      [
        [30, 40, 50],
        ['x', 'y', 'z'],
      ],
    );
    const { info, close } = await openDataset(config('t'));
    await close();
    assert.deepEqual(
      info.skipped.map(({ file }) => file),
      ['0.parquet row 1'],
    );
    const pattern = await openDataset(config('t/*.parquet'));
    await pattern.close();
    assert.deepEqual(pattern.info.skipped, info.skipped);
  });

  it('may have files without rows, but not all', async () => {
    await write(at('t/1.csv'), 'path\n');
    for (const work of both) await rejectsWith('data/empty-file', work(config('t')), at('t'), 'no rows');
    await write(at('t/2.csv'), 'path\n../grey/2.png\n');
    assert.deepEqual((await readAll(config('t'))).greys, [20]);
  });

  it('of other columns are an error that names the file', async () => {
    await write(at('t/1.csv'), 'path,label\n../grey/1.png,x\n');
    await write(at('t/2.csv'), 'label,path\nx,../grey/2.png\n');
    assert.deepEqual((await readAll(config('t'))).greys, [10, 20]);
    await write(at('t/3.csv'), 'path,kind,size\n../grey/3.png,x,9\n');
    for (const work of both) {
      const parts = [at('t/3.csv'), at('t/1.csv'), 'it lacks label, and it also has kind, size'];
      await rejectsWith('data/shard-columns', work(config('t')), ...parts);
    }
  });

  it('of two formats, or of none, are an error', async () => {
    await write(at('t/notes.txt'), 'notes');
    for (const work of both) await rejectsWith('data/no-table', work(config('t')), 'notes.txt');
    await write(at('t/1.csv'), 'path\n../grey/1.png\n');
    await saveParquet('t/1.parquet', { path: ['../grey/1.png'] });
    for (const work of both) await rejectsWith('data/two-formats', work(config('t')), '1.parquet, 1.csv');
    assert.deepEqual((await readAll(config('t/*.parquet'))).greys, [10]);
  });

  it('are read as Hugging Face writes them', async function () {
    const { info, read, close } = await openDataset(config('', { path: sharedCase(this, 'parquet-shards') }));
    const { images, labels } = await imagesOf(read(range(info.size)));
    await close();
    const facts = await inspectData(config('', { path: sharedCase(this, 'parquet-shards') }));
    assert.deepEqual([facts.size, facts.classNames], [info.size, info.classNames]);
    assert.equal(info.skipped.length, 0);
    assert.ok(labels && labels.length === info.size && info.size > 1);
    // Red top left, white bottom right.
    assert.deepEqual([...images.slice(0, 3)].map(Math.round), [1, -1, -1]);
    assert.deepEqual([...images.slice(-3)].map(Math.round), [1, 1, 1]);
  });
});
