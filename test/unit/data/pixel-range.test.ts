import assert from 'node:assert/strict';
import { byteOf, rangeAsked, rangeOf } from '../../../sidecar/data/sources/numbers/pixel-range.ts';
import { halfPrecision } from '../../../sidecar/data/sources/numpy/half.ts';
import { range } from './fixtures.ts';

describe('The numbers of black and white', () => {
  interface Case {
    readonly least: number;
    readonly greatest: number;
    readonly whole?: boolean;
    readonly bytes?: boolean;
    readonly are: readonly [number, number];
    readonly doubtful?: boolean;
  }
  const cases: Readonly<Record<string, Case>> = {
    bytes: { least: 0, greatest: 255, whole: true, bytes: true, are: [0, 255] },
    'bytes that are bits': { least: 0, greatest: 1, whole: true, bytes: true, are: [0, 1] },
    'bytes of 4 bits': { least: 0, greatest: 15, whole: true, bytes: true, are: [0, 15] },
    'bytes of dark images': { least: 0, greatest: 90, whole: true, bytes: true, are: [0, 255], doubtful: true },
    'sums of 4×4 dots': { least: 0, greatest: 16, whole: true, are: [0, 16] },
    '16 bits': { least: 3, greatest: 65_535, whole: true, are: [0, 65_535] },
    'signed bytes': { least: -128, greatest: 127, whole: true, are: [-128, 127] },
    'black and white': { least: -1, greatest: 1, whole: true, are: [-1, 1] },
    'whole numbers of no usual kind': { least: 0, greatest: 300, whole: true, are: [0, 300], doubtful: true },
    'parts of one': { least: 0, greatest: 1, are: [0, 1] },
    'parts of one, rounded': { least: -1e-4, greatest: 1.0003, are: [0, 1] },
    'parts of one, dark': { least: 0, greatest: 0.3, are: [0, 1], doubtful: true },
    'tanh’s range': { least: -1, greatest: 0.996, are: [-1, 1] },
    'half of it': { least: -0.5, greatest: 0.5, are: [-0.5, 0.5], doubtful: true },
    'a mean taken off': { least: -0.4, greatest: 0.6, are: [-1, 1], doubtful: true },
    'resized bytes': { least: 0.5, greatest: 254.5, are: [0, 255] },
    'standardised values': { least: -0.4242, greatest: 2.8215, are: [-0.4242, 2.8215], doubtful: true },
    'one value alone': { least: 7, greatest: 7, whole: true, bytes: true, are: [0, 255], doubtful: true },
  };
  for (const [what, { least, greatest, whole = false, bytes = false, are, doubtful = false }] of Object.entries(
    cases,
  )) {
    it(`of ${what}`, () => {
      const { range: found, doubt } = rangeOf({ least, greatest, whole }, bytes);
      assert.deepEqual([found, doubt !== null], [are, doubtful], doubt ?? '');
    });
  }

  it('are the ones asked for, with a word where they do not fit', () => {
    const extent = { least: -1, greatest: 1, whole: false };
    assert.equal(rangeAsked(extent, [-1, 1]).doubt, null);
    assert.match(
      rangeAsked(extent, [0, 1]).doubt ?? '',
      /from -1 to 1: those beyond .*\(0 to 1\) become black or white/,
    );
    assert.match(rangeAsked(extent, [-128, 127]).doubt ?? '', /little of/);
    assert.equal(rangeAsked({ ...extent, least: 1 }, [0, 255]).doubt, null);
  });

  it('become 0 and 255, as does what lies beyond', () => {
    assert.deepEqual([-9, -2, 0, 2, 9].map(byteOf([-2, 2])), [0, 0, 128, 255, 255]);
  });

  it('may be of half precision', () => {
    const bits = [0x0000, 0x8000, 0x3c00, 0xbc00, 0x3800, 0x7bff, 0x0001, 0x0400, 0x7c00, 0xfc00];
    const values = [0, -0, 1, -1, 0.5, 65_504, 2 ** -24, 2 ** -14, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    assert.deepEqual(bits.map(halfPrecision), values);
    assert.ok(Number.isNaN(halfPrecision(0x7e00)));
  });

  it('of half precision are as Node.js reads them', () => {
    const view = new DataView(new ArrayBuffer(2)) as DataView & { getFloat16(at: number): number };
    for (const bits of range(2 ** 16)) {
      view.setUint16(0, bits);
      assert.deepEqual(halfPrecision(bits), view.getFloat16(0), `bits ${bits}`);
    }
  });
});
