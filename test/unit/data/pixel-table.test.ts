import assert from 'node:assert/strict';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { dataConfig, imagesOf, range, rejectsWith, sharedCase, temporaryFolder, toByte, write } from './fixtures.ts';

describe('Tables of pixels', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  const both = [openDataset, inspectData] as const;
  const config = (name: string, more: Partial<DataConfig> = {}) =>
    dataConfig({ source: 'table', path: at(name), ...more });

  const readAll = async (data: DataConfig) => {
    const log: string[] = [];
    const { info, read, close } = await openDataset(data, { log: (level, message) => log.push(`${level} ${message}`) });
    const { images, labels } = await imagesOf(read(range(info.size)));
    await close();
    const facts = await inspectData(data);
    assert.deepEqual([facts.size, facts.shape, facts.classNames], [info.size, info.shape, info.classNames]);
    return {
      shape: info.shape,
      bytes: Uint8Array.from(images, toByte),
      classes: labels && [...labels].map((label) => info.classNames?.[label]),
      values: facts.stored?.values,
      skipped: info.skipped,
      log,
    };
  };

  /** Image n has the bytes 37·i + n, of 0 to 255. */
  const bytesOf = (image: number, length = 64) => range(length).map((i) => (37 * i + image) % 256);
  const pixelNames = (length = 64) => range(length).map((i) => `pixel${i}`);
  const csv = (rows: readonly (readonly unknown[])[], delimiter = ',') =>
    `${rows.map((row) => row.join(delimiter)).join('\n')}\n`;
  const three = [bytesOf(0), bytesOf(1), bytesOf(2)];
  const expected = Uint8Array.from(three.flat());
  const dogs = ['dog', 'cat', 'dog'];
  const labelFirst = [['label', ...pixelNames()], ...three.map((row, i) => [dogs[i], ...row])];

  describe('as CSV', () => {
    const texts: Readonly<Record<string, string>> = {
      'with the label first': csv(labelFirst),
      'with the label last, under a name of its own': csv([
        [...pixelNames(), 'kind'],
        ...three.map((row, i) => [...row, dogs[i]]),
      ]),
      'with semicolons, quotes, blanks, a byte-order mark and Windows line ends': `\ufeff${csv(
        labelFirst.map((row, i) => (i === 0 ? row.map((name) => `"${name}"`) : row.map((cell) => ` "${cell}" `))),
        ';',
      ).replaceAll('\n', '\r\n')}`,
      'with fractions, signs and exponents': csv([
        ['label', ...pixelNames()],
        ...three.map((row, i) => [dogs[i], ...row.map((byte, at) => [`+${byte}.0`, ` ${byte}`, `${byte}e0`][at % 3])]),
      ]),
      'with a column of row numbers, empty lines and no end of the last': csv([
        ['', 'label', ...pixelNames()],
        ...three.flatMap((row, i) => [[i, dogs[i], ...row], ['']]),
      ]).trimEnd(),
    };
    for (const [what, text] of Object.entries(texts)) {
      it(`are read ${what}`, async () => {
        await write(at('t.csv'), text);
        const { shape, bytes, classes, values } = await readAll(config('t.csv'));
        assert.deepEqual([shape, bytes, classes], [[8, 8, 1], expected, dogs]);
        assert.deepEqual([values?.range, values?.doubt], [[0, 255], null]);
      });
    }

    it('are read without labels, and coloured', async () => {
      await write(at('t.csv'), csv([pixelNames(), ...three]));
      const grey = await readAll(config('t.csv'));
      assert.deepEqual([grey.bytes, grey.classes], [expected, null]);
      const smooth = range(192).map((i) => 80 * (i % 3) + Math.floor(i / 24));
      await write(at('t.csv'), csv([range(192), smooth]));
      const coloured = await readAll(config('t.csv'));
      assert.deepEqual([coloured.shape, coloured.bytes], [[8, 8, 3], Uint8Array.from(smooth)]);
    });

    it('without names of columns ask for the label’s', async () => {
      await write(at('t.csv'), csv(three.map((row, i) => [i % 2, ...row.slice(0, 63), i])));
      for (const work of both) {
        await rejectsWith(
          'data/no-label-column',
          work(config('t.csv')),
          '65 columns',
          '"0" is the first, "64" the last',
        );
      }
      const { classes } = await readAll(config('t.csv', { columns: { image: null, label: '0' } }));
      assert.deepEqual(classes, ['0', '1', '0']);
      await write(at('t.csv'), csv(three));
      assert.deepEqual((await readAll(config('t.csv'))).bytes, expected);
    });

    it('without names of columns find the label at the end that looks like classes', async () => {
      await write(at('t.csv'), csv(three.map((row, i) => [i % 2, ...row])));
      const first = await readAll(config('t.csv'));
      assert.deepEqual([first.bytes, first.classes], [expected, ['0', '1', '0']]);
      await write(at('t.csv'), csv(three.map((row, i) => [200 + i, ...row.slice(1), i])));
      assert.deepEqual((await readAll(config('t.csv'))).classes, ['0', '1', '2']);
      // Corners of pictures are mostly all alike.
      await write(at('t.csv'), csv(three.map((row, i) => [0, ...row.slice(1), 3 - i])));
      assert.deepEqual((await readAll(config('t.csv'))).classes, ['3', '2', '1']);
    });

    it('take the range that the numbers fill, or the one asked for', async () => {
      const dots = range(64).map((i) => i % 17);
      await write(at('t.csv'), csv([pixelNames(), dots, dots]));
      const own = await readAll(config('t.csv'));
      assert.deepEqual(own.values?.range, [0, 16]);
      assert.deepEqual(
        [...own.bytes.subarray(0, 64)],
        dots.map((dot) => Math.round((dot * 255) / 16)),
      );
      assert.match(own.log.join('\n'), /info .*values from 0 to 16, black is 0 and white 16/);
      const asked = await readAll(config('t.csv', { pixelRange: [0, 32] }));
      assert.deepEqual(
        [...asked.bytes.subarray(0, 64)],
        dots.map((dot) => Math.round((dot * 255) / 32)),
      );
    });

    it('leave out a row with a cell that is no number, which they name', async () => {
      const rows = range(12).map((i) => [i % 2, ...bytesOf(i)] as unknown[]);
      rows[3]![8] = 'x';
      await write(at('t.csv'), csv([['label', ...pixelNames()], ...rows]));
      const { skipped, classes } = await readAll(config('t.csv'));
      assert.deepEqual(skipped, [{ file: 'line 5', reason: 'no number in column pixel7' }]);
      assert.equal(classes?.length, 11);
      for (const row of rows.slice(4)) row[1] = '';
      await write(at('t.csv'), csv([['label', ...pixelNames()], ...rows]));
      for (const work of both) {
        await rejectsWith('data/array-values', work(config('t.csv')), '9 of 12', 'first in line 5', 'remove the rows');
      }
    });

    const bad: Readonly<Record<string, [string, string, readonly string[]]>> = {
      'of no square': ['data/no-column', csv([range(67).map((i) => `p${i}`), range(67)]), ['p0, p1', 'and 60 more']],
      'with two columns of text': [
        'data/no-column',
        csv([
          [...pixelNames(), 'a', 'b'],
          [...three[0]!, 'x', 'y'],
        ]),
        ['data.columns.image'],
      ],
      'with too few pixels for a picture': ['data/no-column', csv([range(16), range(16)]), ['k²']],
      'with two columns of one name': ['data/bad-table', csv([[...pixelNames(63), 'pixel0'], three[0]!]), ['pixel0']],
      'without rows': ['data/empty-file', csv([pixelNames()]), ['no rows']],
      'with a line of other length': [
        'data/bad-table',
        csv([...labelFirst, ['dog', 1]]),
        ['2 columns in line 5, not 65'],
      ],
      'without a label': ['data/bad-label', csv([...labelFirst, ['', ...three[0]!]]), ['line 5']],
      'with an open quote': ['data/bad-table', csv([...labelFirst, ['"dog', ...three[0]!]]), ['in line 5']],
    };
    for (const [what, [code, text, parts]] of Object.entries(bad)) {
      it(`${what} are an error`, async () => {
        await write(at('t.csv'), text);
        await rejectsWith(code, openDataset(config('t.csv')), at('t.csv'), ...parts);
      });
    }

    it('may be several files', async () => {
      const [head = [], ...rows] = labelFirst;
      for (const [i, row] of rows.entries()) await write(at(`t/${i}.csv`), csv([head, row]));
      await write(at('t/3.csv'), csv([[...head].reverse(), [...bytesOf(3).reverse(), 'cat']]));
      const { bytes, classes } = await readAll(config('t'));
      assert.deepEqual([bytes, classes], [Uint8Array.from([...expected, ...bytesOf(3)]), [...dogs, 'cat']]);
    });

    it('are read as Kaggle writes them', async function () {
      const { shape, classes, bytes } = await readAll(config('', { path: sharedCase(this, 'pixels.csv') }));
      assert.deepEqual([shape, classes?.length], [[28, 28, 1], 20]);
      assert.ok(Math.max(...bytes) > 250);
    });
  });

  describe('as Parquet', () => {
    const types = {
      INT32: Number,
      INT64: BigInt,
      FLOAT: (byte: number) => byte / 255,
      DOUBLE: (byte: number) => byte / 127.5 - 1,
    };
    const save = async (
      columns: readonly { name: string; data: unknown[]; type: 'INT32' | 'STRING' | keyof typeof types }[],
    ) => write(at('t.parquet'), new Uint8Array(parquetWriteBuffer({ columnData: [...columns], rowGroupSize: 2 })));
    const pixels = (type: keyof typeof types) =>
      pixelNames().map((name, i) => ({ name, type, data: three.map((row) => types[type](row[i]!)) as unknown[] }));
    const label = { name: 'label', type: 'STRING' as const, data: dogs };

    for (const type of Object.keys(types) as (keyof typeof types)[]) {
      it(`are read with columns of ${type}`, async () => {
        await save([label, ...pixels(type)]);
        const { shape, bytes, classes } = await readAll(config('t.parquet'));
        assert.deepEqual([shape, bytes, classes], [[8, 8, 1], expected, dogs]);
      });
    }

    it('are read with a column of row numbers', async () => {
      const index = { name: '__index_level_0__', type: 'INT64' as const, data: [0n, 1n, 2n] };
      await save([...pixels('INT64'), label, index]);
      const { bytes, classes } = await readAll(config('t.parquet'));
      assert.deepEqual([bytes, classes], [expected, dogs]);
    });

    it('leave out a row with a null, which they name', async () => {
      const columns = pixels('INT32');
      columns[5]!.data[1] = null;
      await save([label, ...columns]);
      const { skipped, classes } = await readAll(config('t.parquet'));
      assert.deepEqual(skipped, [{ file: 'row 1', reason: 'no number in column pixel5' }]);
      assert.deepEqual(classes, ['dog', 'dog']);
    });

    it('of no square are an error', async () => {
      await save([label, ...pixels('INT32').slice(1)]);
      for (const work of both) await rejectsWith('data/no-column', work(config('t.parquet')), 'k² or 3k²');
    });
  });
});
