import assert from 'node:assert/strict';
import { join } from 'node:path';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { openArrays } from '../../../sidecar/data/sources/numpy/array-file.ts';
import { records } from '../../../sidecar/data/sources/numpy/records.ts';
import { dataConfig, imagesOf, range, rejectsWith, sharedCase, temporaryFolder, toByte, write } from './fixtures.ts';
import { bytesOf, npy, npz } from './numpy-files.ts';

/** Row 0 of a picture as in `casePath`, 8×8: red on the left, green on the right; then blue and white. */
const picture = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => {
  const [pixel, channel] = [Math.floor(i / 3), i % 3];
  const [right, low] = [pixel % 8 > 3, pixel > 31];
  const colours = [255 * Number(right === low), 255 * Number(right), 255 * Number(low)];
  return colours[channel]!;
});

describe('Numbers of arrays', () => {
  const folder = temporaryFolder();
  const path = () => join(folder.path, 'data.npz');
  const config = (more: Partial<DataConfig> = {}) => dataConfig({ source: 'npz', path: path(), ...more });
  const save = (arrays: Readonly<Record<string, Uint8Array>>) => write(path(), npz(arrays, true));

  const read = async (data: DataConfig) => {
    const log: string[] = [];
    const dataset = await openDataset(data, { log: (level, message) => log.push(`${level} ${message}`) });
    const batch = await imagesOf(dataset.read(range(dataset.info.size)));
    await dataset.close();
    const { stored } = await inspectData(data);
    return {
      info: dataset.info,
      bytes: Uint8Array.from(batch.images, toByte),
      labels: batch.labels && [...batch.labels],
      values: stored?.values,
      log,
    };
  };

  it('may be bits, and of the other order of bytes', async () => {
    await save({
      x: npy(
        '|b1',
        [1, 8, 8],
        picture.subarray(0, 64).map((byte) => byte / 255),
      ),
    });
    assert.deepEqual([...new Set((await read(config())).bytes)].sort(), [0, 255]);
    const swapped = Buffer.from(Uint16Array.from(picture, (byte) => byte * 257).buffer).swap16();
    await save({ x: npy('>u2', [1, 8, 8, 3], swapped) });
    const { bytes, values } = await read(config());
    assert.deepEqual(bytes, picture);
    assert.deepEqual(values?.range, [0, 65_535]);
    const long = Buffer.from(BigInt64Array.from(picture, BigInt).buffer).swap64();
    await save({ x: npy('>i8', [1, 8, 8, 3], long) });
    assert.deepEqual((await read(config())).bytes, picture);
  });

  it('that fill half of a usual range are read as they are, with a warning', async () => {
    await save({ x: npy('<f4', [1, 8, 8, 3], bytesOf(Float32Array.from(picture, (byte) => byte / 255 - 0.5))) });
    const found = await read(config());
    assert.deepEqual(found.bytes, picture);
    assert.deepEqual(found.values?.range, [-0.5, 0.5]);
    assert.match(found.log.join('\n'), /^warn .*-0.5 to 0.5.*set data.pixelRange/);
    // The log says so from the cache, too.
    assert.deepEqual((await read(config())).log, found.log);
    const asked = await read(config({ pixelRange: [-1, 1] }));
    assert.deepEqual([...new Set(asked.bytes)].sort(), [191, 64]);
    assert.match(asked.log.join('\n'), /^info .*black is -1 and white 1/);
  });

  it('beyond the range that is asked for become black or white, with a warning', async () => {
    await save({ x: npy('|u1', [1, 8, 8, 3], picture) });
    const { bytes, log } = await read(config({ pixelRange: [0, 100] }));
    assert.deepEqual(bytes, picture);
    assert.match(log.join('\n'), /^warn .*those beyond data.pixelRange/);
    for (const work of [openDataset, inspectData])
      await rejectsWith('data/pixel-range', work(config({ pixelRange: [1, 0] })), '[1, 0]');
  });

  it('that are none leave their image out, which is named', async () => {
    const values = Float32Array.from({ length: 4 * picture.length }, (_, i) => picture[i % picture.length]! / 255);
    values[2 * picture.length + (3 * 8 + 5) * 3 + 1] = Number.NaN;
    await save({ x: npy('<f4', [4, 8, 8, 3], bytesOf(values)), y: npy('|u1', [4], Uint8Array.of(0, 1, 2, 3)) });
    const { info, labels, log } = await read(config());
    const skipped = [{ file: 'image 2', reason: 'NaN at row 3, column 5, channel 1' }];
    assert.deepEqual([info.size, labels, info.skipped], [3, [0, 1, 3], skipped]);
    assert.match(log.join('\n'), /warn Skipped .*image 2: NaN at row 3, column 5/);
    const facts = await inspectData(config());
    assert.deepEqual([facts.size, facts.skipped], [3, { count: 1, first: skipped[0] }]);
  });

  it('that are none in many images are an error, as where all are', async () => {
    const values = Float32Array.from({ length: 3 * 64 }, (_, i) => (i > 70 ? Number.POSITIVE_INFINITY : 0.5));
    await save({ x: npy('<f4', [3, 8, 8], bytesOf(values)) });
    for (const work of [openDataset, inspectData]) {
      await rejectsWith('data/array-values', work(config()), '2 of 3 images', 'image 1 (Infinity at row 0, column 7)');
    }
    await save({ x: npy('<f4', [1, 8, 8], bytesOf(values.subarray(128))) });
    for (const work of [openDataset, inspectData])
      await rejectsWith('data/no-readable-image', work(config()), 'image 0', 'Infinity at row 0, column 0');
  });

  it('in Fortran order are put right, in parts if there are many', async () => {
    const shape = [5, 2, 3, 4];
    const strides = [1, 5, 10, 30];
    const values = new Uint16Array(120);
    const expected: number[][] = range(5).map(() => []);
    for (const n of range(5))
      for (const k of range(24)) {
        const [y, x, c] = [Math.floor(k / 12), Math.floor(k / 4) % 3, k % 4];
        values[n + y * strides[1]! + x * strides[2]! + c * strides[3]!] = 100 * n + k;
        expected[n]!.push(100 * n + k);
      }
    await save({ x: npy('<u2', shape, bytesOf(values), true) });
    const file = await openArrays(path());
    const array = await file.array('x');
    for (const blocks of [
      [1, 1],
      [100, 48],
      [10_000, 1],
    ] as const) {
      const found: number[][] = [];
      for await (const record of records(array, {}, blocks)) found.push([...new Uint16Array(record.buffer)]);
      assert.deepEqual(found, expected, `${blocks} bytes at once`);
    }
    file.close();
  });

  describe('in flat rows', () => {
    const planes = Uint8Array.from(picture, (_, i) => picture[(i % 64) * 3 + Math.floor(i / 64)]!);

    it('are squares, of one channel or of three', async () => {
      await save({ x: npy('|u1', [3, 64], planes) });
      const grey = await read(config());
      assert.deepEqual([grey.info.size, grey.info.shape, grey.bytes], [3, [8, 8, 1], planes]);
      await save({ x: npy('|u1', [1, 192], picture) });
      const coloured = await read(config());
      assert.deepEqual([coloured.info.shape, coloured.bytes], [[8, 8, 3], picture]);
    });

    it('may have the channels one after the other', async () => {
      await save({ x: npy('|u1', [1, 192], planes) });
      assert.deepEqual((await read(config())).bytes, picture);
    });

    it('of other lengths are an error', async () => {
      await save({ x: npy('|u1', [3, 65], new Uint8Array(195)) });
      for (const work of [openDataset, inspectData])
        await rejectsWith('data/array-shape', work(config()), '[3, 65]', '[n, 3k²]');
    });
  });

  describe('as labels', () => {
    const four = npy('|u1', [4, 8, 8], new Uint8Array(256));
    const utf32 = (texts: readonly string[], big: boolean) => {
      const codes = Uint32Array.from(texts.flatMap((text) => range(3).map((i) => text.codePointAt(i) ?? 0)));
      const bytes = Buffer.from(codes.buffer);
      return big ? bytes.swap32() : bytes;
    };
    const kinds: Readonly<Record<string, [Buffer, number[], string[]]>> = {
      'rows with one 1': [
        npy('<f4', [4, 3], bytesOf(Float32Array.of(0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0))),
        [2, 0, 2, 1],
        ['0', '1', '2'],
      ],
      'rows with one 1 in Fortran order': [
        npy('|u1', [4, 2], Uint8Array.of(1, 0, 1, 0, 0, 1, 0, 1), true),
        [0, 1, 0, 1],
        ['0', '1'],
      ],
      texts: [npy('<U3', [4], utf32(['dog', 'cat', 'dog', 'é'], false)), [1, 0, 1, 2], ['cat', 'dog', 'é']],
      'texts of the other order of bytes': [
        npy('>U3', [4], utf32(['b', 'a', 'b', 'a'], true)),
        [1, 0, 1, 0],
        ['a', 'b'],
      ],
      'bytes of text': [
        npy('|S2', [4, 1], Buffer.from(['10', '9\0', '9\0', '10'].join(''))),
        [1, 0, 0, 1],
        ['9', '10'],
      ],
      'true and false': [npy('|b1', [4], Uint8Array.of(0, 1, 1, 0)), [0, 1, 1, 0], ['0', '1']],
      'whole numbers as float64': [
        npy('<f8', [4], bytesOf(Float64Array.of(0, 2, 1, 2))),
        [0, 2, 1, 2],
        ['0', '1', '2'],
      ],
    };
    for (const [what, [array, labels, names]] of Object.entries(kinds)) {
      it(`may be ${what}`, async () => {
        await save({ x: four, labels: array });
        const found = await read(config());
        assert.deepEqual([found.labels, found.info.classNames], [labels, names]);
        assert.deepEqual((await inspectData(config())).classNames, names);
      });
    }
  });

  it('may be in files of one array, labels in one of their own', async () => {
    const images = await write(
      join(folder.path, 'train.npy'),
      npy('|u1', [2, 8, 8, 3], Buffer.concat([picture, picture])),
    );
    const labels = await write(join(folder.path, 'classes.npy'), npy('|u1', [2], Uint8Array.of(1, 0)));
    const found = await read(config({ path: images, labels }));
    assert.deepEqual([found.labels, found.bytes.subarray(0, 192)], [[1, 0], picture]);
    assert.equal((await read(config({ path: images }))).labels, null);
    await write(labels, npy('|u1', [2], Uint8Array.of(0, 1)));
    assert.deepEqual((await read(config({ path: images, labels }))).labels, [0, 1]);
    await write(labels, npy('|u1', [3], Uint8Array.of(0, 1, 1)));
    await rejectsWith('data/label-count', openDataset(config({ path: images, labels })), labels, '2 images');
  });

  describe('of files that were once read wrongly', () => {
    const whole: readonly [string, number, readonly string[] | null][] = [
      ['float16', 3, null],
      ['fortran-order', 3, null],
      ['half-range', 3, null],
      ['one-hot-labels', 3, range(20).map(String)],
      ['text-labels', 3, ['cat', 'dog']],
    ];
    for (const [name, channels, classNames] of whole) {
      it(`are right: ${name}`, async function () {
        const { info, bytes } = await read(config({ path: sharedCase(this, `${name}.npz`) }));
        assert.deepEqual([info.size, info.shape, info.classNames], [20, [32, 32, channels], classNames]);
        assert.deepEqual([Math.min(...bytes), Math.max(...bytes)], [0, 255]);
      });
    }

    it('are right: flat, nan', async function () {
      assert.deepEqual((await read(config({ path: sharedCase(this, 'flat.npz') }))).info.shape, [32, 32, 1]);
      const { info } = await read(config({ path: sharedCase(this, 'nan.npz') }));
      assert.deepEqual([info.size, info.skipped.length], [19, 1]);
      assert.match(info.skipped[0]!.reason, /^NaN at row \d+, column \d+/);
    });
  });
});
