import assert from 'node:assert/strict';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { readImageHeader } from '../../../sidecar/data/image-header.ts';
import { temporaryFolder, write } from './fixtures.ts';

describe('Image headers', function () {
  this.timeout(20_000);
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
  };

  for (const [name, make] of Object.entries(cases)) {
    it(`of a ${name} agree with the decoder`, async () => {
      const bytes = await make().toBuffer();
      const path = await write(join(folder.path, 'image'), bytes);
      const { width, height, hasAlpha, channels } = await sharp(bytes).metadata();
      assert.deepEqual(await readImageHeader(path), { width, height, channels: hasAlpha ? 4 : channels === 1 ? 1 : 3 });
    });
  }

  const damaged: Readonly<Record<string, () => Promise<Buffer> | Buffer>> = {
    'empty file': () => Buffer.alloc(0),
    'cut short': async () => (await image(9, 9, 3).png().toBuffer()).subarray(0, 12),
    'damaged PNG header': async () => (await image(9, 9, 3).png().toBuffer()).fill(0, 12, 16),
    'not a PNG, JPEG or WebP image': () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
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
