import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { type BasicType, ByteWriter, type ColumnSource, ParquetWriter, parquetWriteBuffer } from 'hyparquet-writer';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { dataConfig, imagesOf, range, rejectsWith, temporaryFolder, toByte, write, writeImage } from './fixtures.ts';

describe('Tables of images', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  const both = [openDataset, inspectData] as const;

  beforeEach(async () => {
    for (const [i, name] of ['a.png', 'b.png', 'deep/c.png'].entries())
      await writeImage(at(name), 8, 8, [10 * (i + 1)]);
  });

  const config = (name: string, more: Partial<DataConfig> = {}) =>
    dataConfig({ source: 'table', path: at(name), ...more });

  /** First pixels, labels and class names; facts must agree. */
  const readAll = async (data: DataConfig) => {
    const { info, read } = await openDataset(data);
    const { images, labels } = await imagesOf(read(range(info.size)));
    const facts = await inspectData(data);
    assert.deepEqual(
      [facts.size, facts.shape[0], facts.classNames, facts.format],
      [info.size, 8, info.classNames, 'table'],
    );
    return {
      greys: range(info.size).map((i) => toByte(images[i * 64]!)),
      labels: labels && [...labels],
      names: info.classNames,
    };
  };

  describe('as CSV', () => {
    const texts: Readonly<Record<string, string>> = {
      'with commas': 'path,label\nb.png,dog\n"deep/c.png",cat\na.png,dog\n',
      'with semicolons, a byte-order mark and Windows line ends':
        '\ufefffilename;x;class\r\nb.png;1;dog\r\ndeep/c.png;2;cat\r\na.png;3;dog\r\n',
      'with tabs and blanks': 'Image\tLabel\n b.png\tdog\ndeep/c.png\tcat \n\na.png\tdog\n',
    };
    for (const [what, text] of Object.entries(texts)) {
      it(`are read ${what}`, async () => {
        await write(at('t.csv'), text);
        assert.deepEqual(await readAll(config('t.csv')), {
          greys: [20, 30, 10],
          labels: [1, 0, 1],
          names: ['cat', 'dog'],
        });
      });
    }

    it('leave out paths that no file can have, each with its reason', async () => {
      await write(at('t.csv'), 'path,label\nhttp://x/y.png,dog\na.png,dog\nim\0g.png,cat\nb.png,cat\n');
      const { info, close } = await openDataset(config('t.csv'));
      await close();
      assert.deepEqual([info.size, info.classNames], [2, ['cat', 'dog']]);
      assert.deepEqual(
        info.skipped.map(({ reason }) => reason),
        ['is an address: download the images first', 'its path holds a NUL character'],
      );
      assert.equal((await inspectData(config('t.csv'))).shape[0], 8);
      await write(at('u.csv'), 'path\nhttps://x/y.png\n');
      for (const read of both) {
        await rejectsWith('data/no-readable-image', read(config('u.csv')), 'is an address: download the images first');
      }
    });

    it('order numeric labels by number and take named columns', async () => {
      await write(at('t.csv'), 'path,left,kind\nx,a.png,10\ny,b.png,9\n');
      const columns = { image: 'left', label: 'kind' };
      assert.deepEqual(await readAll(config('t.csv', { columns })), {
        greys: [10, 20],
        labels: [1, 0],
        names: ['9', '10'],
      });
    });

    it('need no labels, and leave out files that are not there', async () => {
      await write(at('t.csv'), 'path\na.png\nnone.png\nb.png\n');
      const { info } = await openDataset(config('t.csv'));
      assert.deepEqual([info.size, info.classNames, info.skipped.map(({ file }) => file)], [2, null, ['none.png']]);
      assert.ok(info.skipped[0]!.reason.includes('does not exist'), info.skipped[0]!.reason);
    });

    it('notice a changed image', async () => {
      await write(at('t.csv'), 'path\na.png\n');
      assert.deepEqual((await readAll(config('t.csv'))).greys, [10]);
      await writeImage(at('a.png'), 8, 8, [99]);
      assert.deepEqual((await readAll(config('t.csv'))).greys, [99]);
    });

    const bad: Readonly<Record<string, [string, string, readonly string[]]>> = {
      'no column of images': ['data/no-column', 'one,two\n1,2\n', ['one, two', 'data.columns.image']],
      'no rows': ['data/empty-file', 'path,label\n', ['no rows']],
      'a line of other length': ['data/bad-table', 'path,label\na.png,x\nb.png\n', ['line 3']],
      'an open quote': ['data/bad-table', 'path,label\n"a.png,x\n', ['Quote']],
      'a missing label': ['data/bad-label', 'path,label\na.png,\n', ['line 2']],
      'a missing path': ['data/bad-table', 'path,label\n,x\n', ['line 2']],
      'no readable image': ['data/no-readable-image', 'path\nnone.png\n', ['none.png']],
    };
    for (const [what, [code, text, parts]] of Object.entries(bad)) {
      it(`with ${what} are an error`, async () => {
        await write(at('t.csv'), text);
        for (const work of both) await rejectsWith(code, work(config('t.csv')), at('t.csv'), ...parts);
      });
    }

    it('without the column that the config names, or absent, are an error', async () => {
      await write(at('t.csv'), 'path\na.png\n');
      const columns = { image: null, label: 'kind' };
      for (const work of both) await rejectsWith('data/no-column', work(config('t.csv', { columns })), 'kind', 'path');
      for (const work of both) await rejectsWith('data/missing', work(config('none.csv')), 'none.csv');
    });
  });

  describe('as Parquet', () => {
    const save = async (columns: ColumnSource[], name = 't.parquet', codec: 'SNAPPY' | 'UNCOMPRESSED' = 'SNAPPY') =>
      write(at(name), new Uint8Array(parquetWriteBuffer({ columnData: columns, codec, rowGroupSize: 2 })));
    const column = (name: string, type: BasicType, data: unknown[]): ColumnSource => ({ name, type, data });
    const labels = column('label', 'INT64', [7n, 3n, 7n]);
    const contents = () => Promise.all(['b.png', 'deep/c.png', 'a.png'].map((name) => readFile(at(name))));
    const expected = { greys: [20, 30, 10], labels: [1, 0, 1], names: ['3', '7'] };

    it('are read where they hold images', async () => {
      const images = (await contents()).map((bytes) => Uint8Array.from(bytes));
      await save([column('image', 'BYTE_ARRAY', images), labels]);
      assert.deepEqual(await readAll(config('t.parquet')), expected);
    });

    it('are read where they hold paths, whatever their name', async () => {
      await save([column('file_name', 'STRING', ['b.png', 'deep/c.png', 'a.png']), labels], 'table.data');
      assert.deepEqual(await readAll(config('table.data')), expected);
      await writeImage(at('a.png'), 8, 8, [99]);
      assert.deepEqual((await readAll(config('table.data'))).greys, [20, 30, 99]);
    });

    it('are read as Hugging Face writes them, with bytes and path in a group', async () => {
      const images = (await contents()).map((bytes) => ({ bytes: Uint8Array.from(bytes), path: 'not/here.png' }));
      const writer = new ByteWriter();
      const parquet = new ParquetWriter({
        writer,
        schema: [
          { name: 'root', num_children: 2 },
          { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
          { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
          { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
          { name: 'label', type: 'INT64', repetition_type: 'OPTIONAL' },
        ],
      });
      parquet.write({
        columnData: [
          { name: 'image', data: images },
          { name: 'label', data: [7n, 3n, 7n] },
        ],
      });
      parquet.finish();
      await write(at('t.parquet'), new Uint8Array(writer.getBuffer()));
      assert.deepEqual(await readAll(config('t.parquet')), expected);
    });

    const codecs = { GZIP: gzipSync, BROTLI: brotliCompressSync, ZSTD: zstdCompressSync } as const;
    for (const [codec, compress] of Object.entries(codecs)) {
      it(`are read packed with ${codec}`, async () => {
        const columnData = [
          column(
            'image',
            'BYTE_ARRAY',
            (await contents()).map((bytes) => Uint8Array.from(bytes)),
          ),
          labels,
        ];
        const compressors = { [codec]: (bytes: Uint8Array) => compress(bytes) };
        const options = { columnData, codec: codec as keyof typeof codecs, compressors };
        await write(at('t.parquet'), new Uint8Array(parquetWriteBuffer(options)));
        assert.deepEqual(await readAll(config('t.parquet')), expected);
      });
    }

    it('packed in a way that is not known are an error', async () => {
      const columnData = [column('path', 'STRING', ['a.png'])];
      const options = { columnData, codec: 'LZO', compressors: { LZO: (bytes: Uint8Array) => bytes } } as const;
      await write(at('t.parquet'), new Uint8Array(parquetWriteBuffer(options)));
      for (const work of both)
        await rejectsWith('data/parquet-codec', work(config('t.parquet')), 'LZO', 'Snappy or gzip');
    });

    it('that are none, have no rows or no images are an error', async () => {
      await write(at('t.parquet'), 'PAR1 and nothing else');
      for (const work of both) await rejectsWith('data/not-parquet', work(config('t.parquet')), at('t.parquet'));
      await save([column('path', 'STRING', [])]);
      for (const work of both) await rejectsWith('data/empty-file', work(config('t.parquet')), 'no rows');
      await save([column('text', 'STRING', ['x'])]);
      for (const work of both) await rejectsWith('data/no-column', work(config('t.parquet')), 'text');
      await save([column('image', 'INT32', [5])]);
      for (const work of both) await rejectsWith('data/bad-table', work(config('t.parquet')), 'row 0');
      await save([column('path', 'STRING', ['a.png']), column('label', 'STRING', [''])]);
      for (const work of both) await rejectsWith('data/bad-label', work(config('t.parquet')), 'row 0');
    });
  });
});
