import assert from 'node:assert/strict';
import { readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openDataset } from '../../../sidecar/data/open.ts';
import {
  dataConfig,
  idxBytes,
  idxImages,
  idxLabels,
  imagesOf,
  range,
  temporaryFolder,
  toByte,
  write,
} from './fixtures.ts';

describe('IDX files', () => {
  const folder = temporaryFolder();
  const labels = [3, 1, 4, 1, 5, 0, 2, 6, 5, 3];

  for (const gzipped of [false, true]) {
    const packed = (bytes: Buffer) => (gzipped ? gzipSync(bytes) : bytes);

    for (const memoryLimit of [2 ** 20, 100]) {
      it(`are read ${gzipped ? 'gzipped' : 'plain'}, ${memoryLimit === 100 ? 'from disk' : 'in memory'}`, async () => {
        const images = await write(join(folder.path, 'images'), packed(idxImages(10, 8, 8)));
        const path = await write(join(folder.path, 'labels'), packed(idxLabels(labels)));
        const dataset = await openDataset(dataConfig({ source: 'idx', path: images, labels: path }), { memoryLimit });
        assert.deepEqual(dataset.info, {
          name: images,
          size: 10,
          modality: 'images',
          shape: [8, 8, 1],
          sourceShape: null,
          classNames: ['0', '1', '2', '3', '4', '5', '6'],
          skipped: [],
        });
        const batch = await imagesOf(dataset.read([7, 0, 9, 7]));
        assert.deepEqual(batch.labels, Int32Array.of(6, 3, 3, 6));
        const expected = [7, 0, 9, 7].flatMap((value) => Array<number>(64).fill(value));
        assert.deepEqual([...batch.images].map(toByte), expected);
        await dataset.close();
        const unpacked = await readdir(join(folder.path, 'cache', 'unpacked')).catch(() => []);
        assert.equal(unpacked.length, gzipped && memoryLimit === 100 ? 1 : 0);
      });
    }
  }

  it('map 0 and 255 to exactly -1 and 1', async () => {
    const path = await write(join(folder.path, 'images'), idxBytes(2051, [1, 1, 2], Uint8Array.of(0, 255)));
    const dataset = await openDataset(dataConfig({ source: 'idx', path, imageSize: 8, resize: 'stretch' }));
    const { images } = await imagesOf(dataset.read([0]));
    assert.equal(images[0], -1);
    assert.equal(images[7], 1);
  });

  it('have no labels where none are named', async () => {
    const path = await write(join(folder.path, 'images'), idxImages(4, 8, 8));
    const dataset = await openDataset(dataConfig({ source: 'idx', path }));
    assert.equal(dataset.info.classNames, null);
    assert.equal((await imagesOf(dataset.read([0]))).labels, null);
  });

  it('are repeated over three channels when asked', async () => {
    const path = await write(join(folder.path, 'images'), idxImages(4, 8, 8));
    const dataset = await openDataset(dataConfig({ source: 'idx', path, channels: 3 }));
    assert.equal(dataset.info.shape[2], 3);
    const { images } = await imagesOf(dataset.read([2]));
    assert.deepEqual([...images].map(toByte), Array(192).fill(2));
  });

  it('unpack a large gzip file once', async () => {
    const path = await write(join(folder.path, 'images'), gzipSync(idxImages(10, 8, 8)));
    const open = () => openDataset(dataConfig({ source: 'idx', path }), { memoryLimit: 100 });
    await (await open()).close();
    const cache = join(folder.path, 'cache', 'unpacked');
    const [name = ''] = await readdir(cache);
    const before = await stat(join(cache, name));
    await (await open()).close();
    assert.deepEqual(await readdir(cache), [name]);
    assert.equal((await stat(join(cache, name))).ino, before.ino);
  });

  it('larger than the limit take memory for a batch only', async () => {
    // Sparse on disk: 512 MiB of zeros behind the header.
    const count = 2 ** 19;
    const path = await write(join(folder.path, 'images'), idxBytes(2051, [count, 32, 32], new Uint8Array(0)));
    await truncate(path, 16 + count * 1024);
    const dataset = await openDataset(dataConfig({ source: 'idx', path }), { memoryLimit: 2 ** 20 });
    const before = process.memoryUsage().rss;
    let largest = 0;
    for (let batch = 0; batch < 100; batch++) {
      await imagesOf(dataset.read(range(64).map((i) => (batch * 7919 + i * 104729) % count)));
      largest = Math.max(largest, process.memoryUsage().rss);
    }
    assert.ok(largest - before < 128 * 2 ** 20, `grew by ${largest - before} bytes`);
    await dataset.close();
  });

  it('report progress and stop when cancelled', async () => {
    const path = await write(join(folder.path, 'images'), idxImages(200, 64, 64));
    const seen: number[] = [];
    await openDataset(dataConfig({ source: 'idx', path }), { progress: (done) => seen.push(done) });
    assert.equal(seen.at(-1), 16 + 200 * 64 * 64);
    const reason = new Error('cancelled by the test');
    const signal = AbortSignal.abort(reason);
    await assert.rejects(openDataset(dataConfig({ source: 'idx', path }), { signal }), /cancelled by the test/);
  });
});

describe('Resizing of IDX images', () => {
  const folder = temporaryFolder();

  /** One image, 8 high and 16 wide: black, but for white columns 4 … 11. */
  const wide = () => {
    const values = Uint8Array.from({ length: 128 }, (_, i) => (i % 16 >= 4 && i % 16 < 12 ? 255 : 0));
    return write(join(folder.path, 'images'), idxBytes(2051, [1, 8, 16], values));
  };

  const first = async (config: object) => {
    const path = await wide();
    const dataset = await openDataset(dataConfig({ source: 'idx', path, ...config }));
    const [imageSize = 0] = dataset.info.shape;
    const bytes = [...(await imagesOf(dataset.read([0]))).images].map(toByte);
    return { imageSize, row: (y: number) => bytes.slice(y * imageSize, (y + 1) * imageSize) };
  };

  it('crop takes the centre square', async () => {
    const { imageSize, row } = await first({ resize: 'crop' });
    assert.equal(imageSize, 8);
    assert.deepEqual(row(0), Array(8).fill(255));
  });

  it('pad keeps everything on black', async () => {
    const { imageSize, row } = await first({ resize: 'pad' });
    assert.equal(imageSize, 16);
    assert.deepEqual(row(3), Array(16).fill(0));
    assert.deepEqual(row(4), [0, 0, 0, 0, ...Array(8).fill(255), 0, 0, 0, 0]);
    assert.deepEqual(row(12), Array(16).fill(0));
  });

  it('stretch fills the square', async () => {
    const { row } = await first({ resize: 'stretch', imageSize: 16 });
    assert.deepEqual(row(0), [0, 0, 0, 0, ...Array(8).fill(255), 0, 0, 0, 0]);
    assert.deepEqual(row(15), row(0));
  });

  it('keeps the mean when shrinking', async () => {
    const { row } = await first({ resize: 'stretch', imageSize: 8 });
    const mean = row(3).reduce((sum, value) => sum + value, 0) / 8;
    assert.ok(Math.abs(mean - 127.5) < 1, `mean ${mean}`);
  });
});
