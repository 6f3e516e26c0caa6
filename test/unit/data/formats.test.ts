import assert from 'node:assert/strict';
import { cp, mkdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { type BmpKind, bmp, type Colour } from './bmp-files.ts';
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

const red: Colour = [255, 0, 0];
const green: Colour = [0, 255, 0];
const blue: Colour = [0, 0, 255];
const white: Colour = [255, 255, 255];

describe('Files of a folder are told by their content', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, 'images', name);
  const config = (more: Partial<DataConfig> = {}) =>
    dataConfig({ source: 'folder', path: join(folder.path, 'images'), ...more });
  const open = async (more: Partial<DataConfig> = {}) => {
    const log: string[] = [];
    const dataset = await openDataset(config(more), { log: (level, message) => log.push(`${level} ${message}`) });
    return { ...dataset, log };
  };

  /** Pixel (x, y) of an image. */
  const pixel = (images: Float32Array, size: number, image: number, x: number, y: number) => {
    const start = 3 * ((image * size + y) * size + x);
    return [...images.slice(start, start + 3)].map(toByte);
  };

  it('whatever their names: PNG, JPEG, WebP, BMP, TIFF, GIF, .jfif, and none at all', async () => {
    const path = casePath('formats');
    const { info, read, log } = await open({ path });
    assert.deepEqual([info.size, info.shape[0], info.shape[2]], [8, 32, 3]);
    assert.deepEqual(info.skipped, [{ file: 'd.jpg', reason: 'an HTML page, not an image' }]);
    assert.deepEqual(log, [`warn Skipped ${join(path, 'd.jpg')}: an HTML page, not an image.`]);
    const { images } = await imagesOf(read(range(8)));
    for (const image of range(8)) {
      for (const [colour, x, y] of [
        [red, 7, 7],
        [green, 24, 7],
        [blue, 7, 24],
        [white, 24, 24],
      ] as const) {
        const found = pixel(images, 32, image, x, y);
        const off = Math.max(...found.map((value, channel) => Math.abs(value - colour[channel]!)));
        assert.ok(off <= 8, `image ${image}, ${x}, ${y}: ${found} for ${colour}`);
      }
    }
    const facts = await inspectData(config({ path }));
    assert.deepEqual([facts.size, facts.shape[0], facts.shape[2]], [8, 32, 3]);
    assert.deepEqual(facts.skipped, { count: 1, first: { file: 'd.jpg', reason: 'an HTML page, not an image' } });
  });

  const kinds: Readonly<Record<string, BmpKind>> = {
    '1 bit': { bits: 1 },
    '4 bits': { bits: 4 },
    '8 bits': { bits: 8 },
    '24 bits': { bits: 24 },
    '24 bits from top to bottom': { bits: 24, topDown: true },
    '24 bits after a gap': { bits: 24, gap: 10 },
    '24 bits with the longest header': { bits: 24, headerSize: 124 },
    '32 bits': { bits: 32 },
  };
  for (const [name, kind] of Object.entries(kinds)) {
    it(`BMP of ${name} to the last bit`, async () => {
      const colours = kind.bits === 1 ? [red, white] : [red, green, blue, white];
      const pixels = range(81).map((i) => colours[(i + Math.floor(i / 9)) % colours.length]!);
      await write(at('a'), bmp(9, 9, pixels, kind));
      const { info, read } = await open();
      assert.deepEqual([info.shape[0], info.shape[2]], [9, 3]);
      const { images } = await imagesOf(read([0]));
      assert.deepEqual(
        range(81).map((i) => pixel(images, 9, 0, i % 9, Math.floor(i / 9))),
        pixels,
      );
    });
  }

  it('BMP of greys stays grey, and opacity is kept', async () => {
    const greys = range(64).map((i): Colour => [i, i, i]);
    await write(at('a.bmp'), bmp(8, 8, greys, { bits: 8 }));
    const grey = await open();
    assert.equal(grey.info.shape[2], 1);
    assert.deepEqual([...(await imagesOf(grey.read([0]))).images].map(toByte), range(64));
    await write(at('a.bmp'), bmp(8, 8, new Array<Colour>(64).fill(red), { bits: 32, headerSize: 108, alpha: 128 }));
    const clear = await open();
    assert.equal(clear.info.shape[2], 4);
    assert.deepEqual([...(await imagesOf(clear.read([0]))).images.slice(0, 4)].map(toByte), [255, 0, 0, 128]);
  });

  it('a BMP that is cut short is skipped', async () => {
    const whole = bmp(8, 8, new Array<Colour>(64).fill(red), { bits: 24 });
    await write(at('a.bmp'), whole.subarray(0, -1));
    await write(at('b.bmp'), whole);
    assert.deepEqual((await open()).info.skipped, [{ file: 'a.bmp', reason: 'cut short' }]);
  });

  it('of an animation the first frame is taken', async () => {
    await mkdir(join(folder.path, 'images'));
    const frames = Buffer.concat([red, blue].flatMap((colour) => range(64).map(() => Buffer.from(colour))));
    await sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } })
      .gif()
      .toFile(at('a.gif'));
    const { info, read } = await open();
    assert.deepEqual([info.size, info.shape[0]], [1, 8]);
    assert.deepEqual(pixel((await imagesOf(read([0]))).images, 8, 0, 4, 4), red);
  });

  it('16-bit TIFFs and AVIF are read', async () => {
    await mkdir(join(folder.path, 'images'));
    const plain = sharp(Buffer.from(range(256).flatMap(() => [200, 100, 50])), {
      raw: { width: 16, height: 16, channels: 3 },
    });
    await plain.clone().toColourspace('rgb16').tiff().toFile(at('a'));
    await plain.clone().avif({ quality: 90, effort: 0 }).toFile(at('b'));
    const { images } = await imagesOf((await open()).read([0, 1]));
    for (const image of [0, 1]) {
      pixel(images, 16, image, 8, 8).forEach((value, channel) => {
        assert.ok(Math.abs(value - [200, 100, 50][channel]!) <= 3, `image ${image}: ${value}`);
      });
    }
  });

  it('other files are listed with their reasons, those of the system are not', async () => {
    await writeImage(at('a.png'), 8, 8, [1]);
    for (const name of ['.DS_Store', 'Thumbs.db', 'desktop.ini', '__MACOSX/b.png', '._a.png', '.git/c.png', 'x.cls']) {
      await write(at(name), 'x');
    }
    await write(at('drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await write(at('notes'), 'x');
    await write(at('photo.heic'), Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'));
    const { info } = await open();
    assert.deepEqual(info.skipped, [
      { file: 'drawing.svg', reason: 'an SVG drawing (save it as PNG)' },
      { file: 'notes', reason: noImage },
      { file: 'photo.heic', reason: 'a HEIC photo (save it as JPEG or PNG)' },
    ]);
    const { size, skipped } = await inspectData(config());
    assert.deepEqual([size, skipped.count, skipped.first?.file], [1, 3, 'drawing.svg']);
  });

  it('files that came since the images were decoded are listed too, and the log stays short', async () => {
    await writeImage(at('a.png'), 8, 8, [1]);
    assert.deepEqual((await open()).log, []);
    for (const i of range(103)) await write(at(`${String(i).padStart(3, '0')}.txt`), 'x');
    const { log } = await open();
    assert.equal(log.length, 101);
    assert.equal(log[0], `warn Skipped ${at('000.txt')}: ${noImage}.`);
    assert.equal(log[100], `warn Skipped 3 more files like these in ${join(folder.path, 'images')}.`);
  });

  it('names that are no UTF-8, and links to nothing, are listed', async function () {
    if (process.platform !== 'linux') this.skip();
    await writeImage(at('a.png'), 8, 8, [1]);
    const bad = Buffer.concat([
      Buffer.from(`${join(folder.path, 'images')}/`),
      Buffer.from([0xe9, 0x2e, 0x70, 0x6e, 0x67]),
    ]);
    await cp(at('a.png'), at('b.png'));
    await rename(at('b.png'), bad);
    await symlink('nowhere', at('gone.png'));
    const { info } = await open();
    const reasons = new Map(info.skipped.map(({ file, reason }) => [file, reason]));
    assert.deepEqual([...reasons].sort(), [
      ['gone.png', 'a link to nothing'],
      ['\ufffd.png', 'its name is not in UTF-8 (rename it)'],
    ]);
  });

  it('without any image name what there is instead', async () => {
    await write(at('page.jpeg'), '<!DOCTYPE html><p>Not found');
    await rejectsWith('data/no-readable-image', open(), 'page.jpeg', 'an HTML page');
    await rename(at('page.jpeg'), at('page'));
    await rejectsWith('data/no-images', open(), 'page', 'an HTML page');
  });
});
