import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
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

describe('Folders of images', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, 'images', name);
  const open = (config: Partial<DataConfig> = {}, options: Parameters<typeof openDataset>[1] = {}) =>
    openDataset(dataConfig({ source: 'folder', path: join(folder.path, 'images'), ...config }), options);

  it('take each sub-folder as a class, in the order of their names', async () => {
    await writeImage(at('dog/b.png'), 8, 8, [20]);
    await writeImage(at('cat/z.png'), 8, 8, [10]);
    await writeImage(at('dog/deeper/a.png'), 8, 8, [30]);
    const { info, read } = await open();
    assert.deepEqual(info.classNames, ['cat', 'dog']);
    assert.equal(info.size, 3);
    const { images, labels } = await imagesOf(read([0, 1, 2]));
    assert.deepEqual(labels, Int32Array.of(0, 1, 1));
    assert.deepEqual(
      [0, 64, 128].map((i) => toByte(images[i]!)),
      [10, 20, 30],
    );
  });

  it('have no labels when images lie at the top or in one sub-folder only', async () => {
    await writeImage(at('all/a.png'), 8, 8, [1]);
    assert.equal((await open()).info.classNames, null);
    await writeImage(at('b.png'), 8, 8, [2]);
    await writeImage(at('more/c.png'), 8, 8, [3]);
    const { info, read } = await open();
    assert.equal(info.classNames, null);
    assert.equal(info.size, 3);
    assert.equal((await read([0])).labels, null);
  });

  it('read PNG, JPEG and WebP, whatever the case of the extension, and leave the rest', async () => {
    await writeImage(at('a.png'), 8, 8, [200, 100, 50]);
    await writeImage(at('b.jpeg'), 8, 8, [200, 100, 50]);
    await writeImage(at('c.webp'), 8, 8, [200, 100, 50]);
    await write(at('D.JPG'), await readFile(at('b.jpeg')));
    await write(at('notes.txt'), 'no image');
    await write(at('.hidden.png'), 'no image');
    const { info, read } = await open();
    assert.equal(info.size, 4);
    assert.deepEqual(info.skipped, [{ file: 'notes.txt', reason: noImage }]);
    const { images } = await imagesOf(read(range(4)));
    for (const i of range(4)) {
      [200, 100, 50].forEach((value, channel) => {
        const got = toByte(images[i * 192 + channel]!);
        assert.ok(Math.abs(got - value) <= 3, `image ${i}: ${got} for ${value}`);
      });
    }
  });

  it('follow links once', async () => {
    await writeImage(at('a/a.png'), 8, 8, [1]);
    await writeImage(at('b/b.png'), 8, 8, [1]);
    await symlink(folder.path, at('a/up'));
    assert.equal((await open()).info.size, 2);
  });

  it('turn photos upright', async () => {
    await mkdir(join(folder.path, 'images'));
    // Left half black, right half white; orientation 6 asks for a quarter turn clockwise.
    const pixels = Uint8Array.from({ length: 256 }, (_, i) => (i % 16 < 8 ? 0 : 255));
    await sharp(pixels, { raw: { width: 16, height: 16, channels: 1 } })
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toFile(at('a.jpg'));
    const { images } = await imagesOf((await open({ channels: 1 })).read([0]));
    assert.ok(toByte(images[1 * 16 + 2]!) < 10 && toByte(images[1 * 16 + 13]!) < 10, 'top is black');
    assert.ok(toByte(images[14 * 16 + 2]!) > 245 && toByte(images[14 * 16 + 13]!) > 245, 'bottom is white');
  });

  describe('channels', () => {
    const delivered = async (channels: 1 | 3 | null) => {
      const { info, read } = await open({ channels });
      const { images } = await imagesOf(read([0]));
      return [...images.slice(0, info.shape[2])].map(toByte);
    };

    it('stay as they are when all are alike', async () => {
      await writeImage(at('a.png'), 8, 8, [200, 100, 50, 128]);
      assert.deepEqual(await delivered(null), [200, 100, 50, 128]);
    });

    it('lose the colour of pixels that nobody sees', async () => {
      await writeImage(at('a.png'), 8, 8, [200, 100, 50, 0]);
      assert.deepEqual(await delivered(null), [0, 0, 0, 0]);
    });

    it('flatten alpha on black', async () => {
      await writeImage(at('a.png'), 8, 8, [200, 100, 50, 128]);
      assert.deepEqual(await delivered(3), [100, 50, 25]);
    });

    it('become grey by Rec. 709 luminance', async () => {
      await writeImage(at('a.png'), 8, 8, [200, 100, 50]);
      const linear = (byte: number) =>
        byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4;
      const luminance = 0.2126 * linear(200) + 0.7152 * linear(100) + 0.0722 * linear(50);
      const expected = 255 * (1.055 * luminance ** (1 / 2.4) - 0.055);
      const [grey = 0] = await delivered(1);
      assert.ok(Math.abs(grey - expected) <= 1.5, `${grey} for ${expected}`);
    });

    it('keep grey values exactly', async () => {
      for (const value of [0, 1, 77, 200, 255]) {
        await writeImage(at('a.png'), 8, 8, [value]);
        assert.deepEqual(await delivered(1), [value]);
        assert.deepEqual(await delivered(3), [value, value, value]);
      }
    });

    it('of a mixture become RGB, or are refused', async () => {
      await writeImage(at('a.png'), 8, 8, [200, 100, 50, 255]);
      await writeImage(at('b.png'), 8, 8, [7]);
      const { info, read } = await open();
      assert.equal(info.shape[2], 3);
      assert.deepEqual([...(await imagesOf(read([1]))).images.slice(0, 3)].map(toByte), [7, 7, 7]);
      await rejectsWith('data/mixed-channels', open({ resize: 'refuse' }), 'a.png RGBA', 'b.png grey', 'data.channels');
    });
  });

  describe('sizes', () => {
    const corners = async (config: Partial<DataConfig>) => {
      const { info, read } = await open(config);
      const { images } = await imagesOf(read([0]));
      const [size = 0, , channels = 0] = info.shape;
      const pixel = (x: number, y: number) =>
        [...images.slice((y * size + x) * channels, (y * size + x + 1) * channels)].map(toByte);
      return { size, topLeft: pixel(0, 0), middle: pixel(size >> 1, size >> 1) };
    };

    it('crop to the shorter side', async () => {
      await writeImage(at('a.png'), 32, 16, [9]);
      assert.deepEqual(await corners({ resize: 'crop' }), { size: 16, topLeft: [9], middle: [9] });
    });

    it('pad with black to the longer side', async () => {
      await writeImage(at('a.png'), 32, 16, [9, 9, 9]);
      assert.deepEqual(await corners({ resize: 'pad' }), { size: 32, topLeft: [0, 0, 0], middle: [9, 9, 9] });
    });

    it('pad with nothing where alpha is kept', async () => {
      await writeImage(at('a.png'), 32, 16, [9, 9, 9, 255]);
      assert.deepEqual(await corners({ resize: 'pad' }), { size: 32, topLeft: [0, 0, 0, 0], middle: [9, 9, 9, 255] });
    });

    it('stretch to a given size', async () => {
      await writeImage(at('a.png'), 32, 16, [9]);
      assert.deepEqual(await corners({ resize: 'stretch', imageSize: 24 }), { size: 24, topLeft: [9], middle: [9] });
    });

    it('refuse what does not fit', async () => {
      await writeImage(at('a.png'), 16, 16, [9]);
      assert.equal((await open({ resize: 'refuse' })).info.shape[0], 16);
      await rejectsWith('data/wrong-size', open({ resize: 'refuse', imageSize: 32 }), '16×16', '32×32');
      await writeImage(at('b.png'), 32, 32, [9]);
      await rejectsWith('data/mixed-sizes', open({ resize: 'refuse' }), 'a.png 16×16', 'b.png 32×32', 'data.resize');
    });

    it('ask for a size where images differ', async () => {
      await writeImage(at('a.png'), 16, 16, [9]);
      await writeImage(at('b.png'), 32, 32, [9]);
      await rejectsWith('data/mixed-sizes', open(), 'a.png 16×16', 'b.png 32×32', 'data.imageSize');
      assert.equal((await open({ imageSize: 24 })).info.shape[0], 24);
    });

    it('ask for a size where images are too large to train on as they are', async () => {
      await writeImage(at('a.png'), 640, 480, [9]);
      await rejectsWith('data/too-large', open(), '640×480', 'data.imageSize');
    });
  });

  describe('damaged files', () => {
    it('are skipped, counted and logged when the header shows it', async () => {
      await writeImage(at('a/good.png'), 8, 8, [1]);
      await write(at('a/bad.png'), 'no image at all');
      await write(at('b/empty.jpg'), '');
      await writeImage(at('b/good.png'), 8, 8, [2]);
      const log: string[] = [];
      const { info, read } = await open({}, { log: (level, message) => log.push(`${level} ${message}`) });
      assert.equal(info.size, 2);
      assert.deepEqual(info.skipped, [
        { file: 'a/bad.png', reason: noImage },
        { file: 'b/empty.jpg', reason: 'empty file' },
      ]);
      assert.deepEqual(log, [
        `warn Skipped ${at('a/bad.png')}: ${noImage}.`,
        `warn Skipped ${at('b/empty.jpg')}: empty file.`,
      ]);
      assert.deepEqual((await read([0, 1])).labels, Int32Array.of(0, 1));
    });

    it('are left out as well when only decoding shows it', async () => {
      await writeImage(at('x/a.png'), 64, 64, [1]);
      await writeImage(at('y/c.png'), 64, 64, [3]);
      const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * i * 31) >> 3);
      const whole = await sharp(noise, { raw: { width: 64, height: 64, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toBuffer();
      await write(at('x/b.png'), whole.subarray(0, whole.length >> 1));
      for (const opened of ['decoded', 'from the cache']) {
        const log: string[] = [];
        const { info, read } = await open({}, { log: (_, message) => log.push(message) });
        assert.equal(info.size, 2, opened);
        const { images, labels } = await imagesOf(read([0, 1]));
        assert.deepEqual([toByte(images[0]!), toByte(images[4096]!)], [1, 3]);
        assert.deepEqual(labels, Int32Array.of(0, 1));
        assert.deepEqual(
          info.skipped.map(({ file }) => file),
          ['x/b.png'],
        );
        assert.equal(log.length, 1);
        assert.ok(log[0]!.includes(at('x/b.png')) && !log[0]!.includes('\n'), log[0]);
      }
    });

    it('alone are an error', async () => {
      await write(at('a.png'), 'no image');
      await rejectsWith('data/no-readable-image', open(), '1 skipped', 'a.png');
    });

    it('alone are an error when only decoding shows it', async () => {
      const path = await writeImage(at('a.png'), 64, 64, [1, 2, 3]);
      await write(path, (await readFile(path)).subarray(0, 60));
      await rejectsWith('data/no-readable-image', open(), 'a.png');
    });
  });

  it('that are missing, empty, without images or files are an error', async () => {
    await rejectsWith('data/missing', open(), join(folder.path, 'images'));
    await mkdir(join(folder.path, 'images'));
    await rejectsWith('data/empty-folder', open(), join(folder.path, 'images'), 'empty');
    const path = await write(at('x.txt'), 'no image');
    await rejectsWith('data/no-images', open(), 'x.txt', noImage);
    await rejectsWith('data/not-a-folder', open({ path }), path);
  });

  it('report progress and stop when cancelled', async () => {
    for (const i of range(3)) await writeImage(at(`${i}.png`), 8, 8, [i]);
    const seen: [number, number | null, string][] = [];
    const path = join(folder.path, 'images');
    await open({}, { progress: (...news) => seen.push(news) });
    for (const what of ['Looking for changes in', 'Reading image headers in', 'Decoding']) {
      assert.deepEqual(seen.findLast(([, , text]) => text === `${what} ${path}`)?.slice(0, 2), [3, 3], what);
    }
    await assert.rejects(open({}, { signal: AbortSignal.abort(new Error('cancelled by the test')) }), /cancelled by/);
  });

  it('hold real icons: 3,926 RGBA images of 32×32', async function () {
    const archive = sharedData(this, 'icons32/icons32.tar');
    await mkdir(join(folder.path, 'images'));
    const { status } = spawnSync('tar', ['-xf', archive, '-C', join(folder.path, 'images')]);
    assert.equal(status, 0);
    const started = performance.now();
    const { info, read } = await open();
    const opened = performance.now();
    assert.equal(info.size, 3926);
    assert.equal(info.shape[0], 32);
    assert.equal(info.shape[2], 4);
    assert.deepEqual(info.skipped, []);
    const { images } = await imagesOf(read(range(512)));
    console.log(
      `      opened in ${Math.round(opened - started)} ms, ` +
        `${Math.round(512_000 / (performance.now() - opened))} images/s read`,
    );
    assert.ok(images.every((value) => value >= -1 && value <= 1));
    assert.ok(new Set(images.slice(0, 4096)).size > 20);
    const grey = await imagesOf((await open({ channels: 1, imageSize: 28 })).read([0, 1]));
    assert.equal(grey.images.length, 2 * 28 * 28);
  });
});
