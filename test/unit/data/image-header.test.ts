import assert from 'node:assert/strict';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { readImageHeader } from '../../../sidecar/data/image-header.ts';
import { bmp, type Colour } from './bmp-files.ts';
import { range, temporaryFolder, write } from './fixtures.ts';

describe('Image headers', () => {
  const folder = temporaryFolder();

  const image = (width: number, height: number, channels: 1 | 3 | 4) => {
    const pixels = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 37) % 256);
    const made = sharp(pixels, { raw: { width, height, channels } });
    return channels === 1 ? made.toColourspace('b-w') : made;
  };

  const cases: Readonly<Record<string, () => Sharp>> = {
    'grey PNG': () => image(17, 5, 1).png(),
    'RGB PNG': () => image(300, 200, 3).png(),
    'RGBA PNG': () => image(31, 64, 4).png(),
    'interlaced 16-bit PNG': () => image(20, 21, 3).toColourspace('rgb16').png({ progressive: true }),
    'palette PNG': () => image(40, 30, 3).png({ palette: true, colours: 8 }),
    'palette PNG with transparency': () => image(40, 30, 4).png({ palette: true, colours: 8 }),
    'grey PNG with an alpha channel': () =>
      image(12, 13, 1)
        .joinChannel(Buffer.alloc(156, 9), { raw: { width: 12, height: 13, channels: 1 } })
        .png(),
    JPEG: () => image(301, 77, 3).jpeg(),
    'grey JPEG': () => image(64, 65, 1).jpeg(),
    'progressive JPEG': () => image(64, 65, 3).jpeg({ progressive: true, mozjpeg: true }),
    'CMYK JPEG': () => image(16, 9, 3).toColourspace('cmyk').jpeg(),
    'JPEG whose first segment is longer than one read': () =>
      image(50, 60, 3)
        .withExif({ IFD0: { ImageDescription: 'x'.repeat(20_000) } })
        .jpeg(),
    'lossy WebP': () => image(33, 44, 3).webp(),
    'lossy WebP with alpha': () => image(33, 44, 4).webp(),
    'lossless WebP': () => image(2000, 3, 3).webp({ lossless: true }),
    'lossless WebP with alpha': () => image(3, 2000, 4).webp({ lossless: true }),
    'WebP with metadata': () =>
      image(70, 71, 3)
        .withExif({ IFD0: { Artist: 'someone' } })
        .webp(),
    GIF: () => image(23, 14, 3).gif(),
    'GIF with transparency': () => image(23, 14, 4).gif(),
    'GIF of several frames': () =>
      sharp(Buffer.alloc(6 * 4 * 3 * 5, 77), { raw: { width: 6, height: 20, channels: 3, pageHeight: 4 } }).gif(),
    'grey TIFF': () => image(19, 8, 1).tiff(),
    'RGB TIFF': () => image(19, 8, 3).tiff({ compression: 'lzw' }),
    'RGBA TIFF': () => image(19, 8, 4).tiff({ compression: 'deflate' }),
    'CMYK TIFF': () => image(19, 8, 3).toColourspace('cmyk').tiff(),
    '16-bit BigTIFF': () => image(19, 8, 3).toColourspace('rgb16').tiff({ bigtiff: true }),
    'tiled TIFF': () => image(300, 200, 3).tiff({ tile: true, compression: 'jpeg' }),
    AVIF: () => image(48, 34, 3).avif({ effort: 0 }),
    'AVIF with alpha': () => image(48, 34, 4).avif({ effort: 0 }),
  };

  for (const [name, make] of Object.entries(cases)) {
    it(`of a ${name} agree with the decoder`, async () => {
      const bytes = await make().toBuffer();
      const path = await write(join(folder.path, 'image'), bytes);
      const { width, height, hasAlpha, channels } = await sharp(bytes).metadata();
      assert.deepEqual(await readImageHeader(path), { width, height, channels: hasAlpha ? 4 : channels === 1 ? 1 : 3 });
    });
  }

  const colours = (...list: Colour[]) => range(35).map((i) => list[i % list.length]!);
  const grey = colours([0, 0, 0], [128, 128, 128], [255, 255, 255]);
  const mixed = colours([255, 0, 0], [0, 255, 0]);
  for (const [name, bytes, channels] of [
    ['a 24-bit BMP', bmp(7, 5, mixed, { bits: 24 }), 3],
    ['a BMP from top to bottom', bmp(7, 5, mixed, { bits: 24, topDown: true, headerSize: 124 }), 3],
    ['a BMP with a palette of colours', bmp(7, 5, mixed, { bits: 4 }), 3],
    ['a BMP with a palette of greys', bmp(7, 5, grey, { bits: 8 }), 1],
    ['a 32-bit BMP without opacity', bmp(7, 5, mixed, { bits: 32 }), 3],
    ['a 32-bit BMP with opacity', bmp(7, 5, mixed, { bits: 32, headerSize: 108, alpha: 9 }), 4],
  ] as const) {
    it(`of ${name} say what was written`, async () => {
      const path = await write(join(folder.path, 'image'), bytes);
      assert.deepEqual(await readImageHeader(path), { width: 7, height: 5, channels });
    });
  }

  const text = 'not a PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF image';
  const instead: readonly (readonly [string, string | Uint8Array])[] = [
    [text, 'BM25 ranks documents by the words of a query.'],
    [text, Buffer.alloc(600, 7)],
    ['an HTML page, not an image', '\ufeff <!DOCTYPE html>\n<html><body>Not found</body></html>'],
    ['an HTML page, not an image', '<html><head></head></html>'],
    [
      'an SVG drawing (save it as PNG)',
      '<?xml version="1.0"?>\n<!-- drawn --><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
    ['a HEIC photo (save it as JPEG or PNG)', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['a JPEG XL image (save it as PNG)', Buffer.from('\xff\x0a\xfa\x1f', 'latin1')],
    ['a PDF document, not an image', '%PDF-1.7'],
    ['a packed or 16-bit BMP (save it as PNG)', bmp(7, 5, grey, { bits: 16 })],
    ['a packed or 16-bit BMP (save it as PNG)', bmp(7, 5, grey, { bits: 8, compression: 1 })],
  ];
  for (const [reason, content] of instead) {
    it(`of no image say: ${reason} (${String(content.slice(0, 8)).replace(/[^ -~]/g, '.')})`, async () => {
      const path = await write(join(folder.path, 'image'), content);
      await assert.rejects(readImageHeader(path), { message: reason });
    });
  }

  it('refuse TIFFs of floating-point numbers, whose range nobody knows', async () => {
    // Little-endian, one directory: width, height, one sample, sample format 3.
    const entries = [256, 8, 257, 8, 277, 1, 339, 3];
    const bytes = Buffer.alloc(10 + 4 * 12 + 4);
    bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0, 4, 0]);
    range(4).forEach((i) => {
      bytes.writeUInt16LE(entries[2 * i]!, 10 + 12 * i);
      bytes.writeUInt16LE(3, 12 + 12 * i);
      bytes.writeUInt32LE(1, 14 + 12 * i);
      bytes.writeUInt16LE(entries[2 * i + 1]!, 18 + 12 * i);
    });
    const path = await write(join(folder.path, 'image'), bytes);
    await assert.rejects(readImageHeader(path), { message: /^a TIFF of signed or floating-point numbers/ });
  });

  const damaged: Readonly<Record<string, () => Promise<Buffer> | Buffer>> = {
    'empty file': () => Buffer.alloc(0),
    'cut short': async () => (await image(9, 9, 3).png().toBuffer()).subarray(0, 12),
    'damaged PNG header': async () => (await image(9, 9, 3).png().toBuffer()).fill(0, 12, 16),
    'damaged GIF header': async () => (await image(9, 9, 3).gif().toBuffer()).fill(1, 13),
    'damaged TIFF header': () => Buffer.from('49492a000800000000000000000000000000', 'hex'),
    'damaged AVIF header': async () => (await image(16, 16, 3).avif({ effort: 0 }).toBuffer()).fill(0, 40),
    'damaged JPEG header': async () => (await image(9, 9, 3).jpeg().toBuffer()).fill(0, 2, 4),
    'damaged WebP header': async () => (await image(9, 9, 3).webp().toBuffer()).fill(0, 12, 16),
    'no pixels': async () => (await image(9, 9, 3).png().toBuffer()).fill(0, 16, 20),
  };

  for (const [reason, make] of Object.entries(damaged)) {
    it(`refuse a file with the reason "${reason}"`, async () => {
      const path = await write(join(folder.path, 'image'), await make());
      await assert.rejects(readImageHeader(path), { message: reason });
    });
  }

  it('of any prefix of a file end in a header or a reason', async () => {
    for (const make of Object.values(cases)) {
      const bytes = await make().toBuffer();
      for (let length = 0; length < Math.min(bytes.length, 700); length += 23) {
        const path = await write(join(folder.path, 'image'), bytes.subarray(0, length));
        await readImageHeader(path).catch((error) => assert.equal(error.constructor.name, 'UnreadableImage'));
      }
    }
  });
});
