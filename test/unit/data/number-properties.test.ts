import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import { halfPrecision } from '../../../sidecar/data/sources/numpy/half.ts';
import { csvPixels } from '../../../sidecar/data/sources/tables/csv-pixels.ts';
import { natural } from '../../../sidecar/data/sources/tables/natural-order.ts';
import { dataConfig, imagesOf, range, temporaryFolder, toByte, write } from './fixtures.ts';
import { npy } from './numpy-files.ts';

/** The bits of the nearest number of half precision, found by trying all of 0 to 1. */
const halves = new Map(range(256).map((byte) => [byte, nearestHalf(byte / 255)]));

function nearestHalf(value: number): number {
  let best = 0;
  for (let bits = 0; bits <= 0x3c00; bits++) {
    if (Math.abs(halfPrecision(bits) - value) < Math.abs(halfPrecision(best) - value)) best = bits;
  }
  return best;
}

type Write = (bytes: DataView, at: number, byte: number, little: boolean) => void;

/** How a byte of an image is stored as each type. */
const writers: Readonly<Record<string, Write>> = {
  u1: (view, at, byte) => view.setUint8(at, byte),
  i1: (view, at, byte) => view.setInt8(at, byte - 128),
  u2: (view, at, byte, little) => view.setUint16(at, byte * 257, little),
  i2: (view, at, byte, little) => view.setInt16(at, byte, little),
  u4: (view, at, byte, little) => view.setUint32(at, byte, little),
  i4: (view, at, byte, little) => view.setInt32(at, byte, little),
  u8: (view, at, byte, little) => view.setBigUint64(at, BigInt(byte), little),
  i8: (view, at, byte, little) => view.setBigInt64(at, BigInt(byte), little),
  f2: (view, at, byte, little) => view.setUint16(at, halves.get(byte)!, little),
  f4: (view, at, byte, little) => view.setFloat32(at, byte / 127.5 - 1, little),
  f8: (view, at, byte, little) => view.setFloat64(at, byte / 255, little),
};

describe('Whatever the numbers of images are', () => {
  const folder = temporaryFolder();

  const images = fc.record({
    count: fc.integer({ min: 1, max: 4 }),
    side: fc.integer({ min: 8, max: 11 }),
    channels: fc.constantFrom(1, 3, 4),
    type: fc.constantFrom(...Object.keys(writers)),
    little: fc.boolean(),
    fortran: fc.boolean(),
    order: fc.constantFrom('pixels', 'planes', 'rows'),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });

  it('arrays of all types and orders give the same pixels', async () => {
    await fc.assert(
      fc.asyncProperty(images, async ({ count, side, channels, type, little, fortran, order, seed }) => {
        const area = side * side;
        const pixels = Uint8Array.from({ length: count * area * channels }, (_, i) => (i * seed * 31 + i) % 256);
        // Both ends are there, so that the range is beyond doubt; nothing is transparent.
        if (channels === 4) for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
        pixels.set([0, 255, 0]);
        const flat = order === 'rows' && channels === 1;
        const planes = order === 'planes';
        const inner = planes ? [channels, side, side] : [side, side, channels];
        const shape = flat ? [count, area] : [count, ...inner];
        const size = Number(type.slice(1));
        const stored = Buffer.alloc(pixels.length * size);
        const view = new DataView(stored.buffer, stored.byteOffset);
        for (let i = 0; i < pixels.length; i++) {
          const [n, rest] = [Math.floor(i / (area * channels)), i % (area * channels)];
          const [pixel, channel] = [Math.floor(rest / channels), rest % channels];
          const [y, x] = [Math.floor(pixel / side), pixel % side];
          const index = flat ? [n, pixel] : [n, ...(planes ? [channel, y, x] : [y, x, channel])];
          writers[type]!(view, size * placeIn(shape, index, fortran), pixels[i]!, little);
        }
        const descr = `${size === 1 ? '|' : little ? '<' : '>'}${type}`;
        const path = await write(join(folder.path, 'x.npy'), npy(descr, shape, stored, fortran));
        const config = dataConfig({ source: 'npz', path });
        const { info, read, close } = await openDataset(config);
        const { images: floats } = await imagesOf(read(range(count)));
        await close();
        assert.deepEqual(info.shape, [side, side, channels]);
        assert.deepEqual(Uint8Array.from(floats, toByte), pixels);
        assert.equal((await inspectData(config)).stored?.values?.doubt, null);
      }),
      { numRuns: 60 },
    );
  });

  it('lines of cells are read as numbers are', async () => {
    const cell = fc.oneof(
      fc.integer({ min: 0, max: 255 }).map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
      fc.constantFrom('', ' ', '-', '+7', '.5', '5.', '1e3', 'nan', 'x', '0007', '-0', ' 12 ', '1 2'),
    );
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 20 });
    const style = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t'),
      end: fc.constantFrom('\n', '\r\n'),
      quoted: fc.boolean(),
      last: fc.boolean(),
      mark: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(rows, style, async (cells, { delimiter, end, quoted, last, mark }) => {
        const kept = cells.filter((row) => quoted || row.join(delimiter).trim() !== '');
        const shown = (text: string) => (quoted ? `"${text}"` : text);
        const lines = kept.map((row) => row.map(shown).join(delimiter));
        const text = `${mark ? '\ufeff' : ''}${lines.join(end)}${last ? end : ''}`;
        const path = await write(join(folder.path, 'x.csv'), text);
        const found: number[][] = [];
        const file = { path, delimiter, headerLines: 0, columns: 3 };
        for await (const { values } of csvPixels(file, [2, 0], {})) found.push([...values]);
        const expected = kept.map((row) => [row[2]!, row[0]!].map((one) => (one.trim() ? Number(one) : Number.NaN)));
        assert.deepEqual(found, expected);
      }),
      { numRuns: 300 },
    );
  });

  it('names are in one order, in which digits count', () => {
    const name = fc
      .array(fc.oneof(fc.nat({ max: 200 }).map(String), fc.constantFrom('a', 'b-', '0', '.')))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        assert.equal(Math.sign(natural(a, b)), -Math.sign(natural(b, a)) || 0);
        assert.equal(natural(a, b) === 0, a === b);
        if (natural(a, b) < 0 && natural(b, c) < 0) assert.ok(natural(a, c) < 0);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => Math.sign(natural(`x${a}.csv`, `x${b}.csv`)) === Math.sign(a - b)),
    );
  });
});

/** Of an element, by its index. */
function placeIn(shape: readonly number[], index: readonly number[], fortran: boolean): number {
  const axes = range(shape.length);
  return (fortran ? axes.reverse() : axes).reduce((place, axis) => place * shape[axis]! + index[axis]!, 0);
}
