/** Width, height and channels of a BMP (BITMAPINFOHEADER to BITMAPV5HEADER). */
import type { StoredShape } from '../shape.ts';
import { UnreadableImage } from './signature.ts';

const uncompressed = [0, 3, 6];

/**
 * @param start all of the header and palette, which take at most 1,162 bytes.
 * @throws UnreadableImage also for the kinds that the decoder does not read rightly: 16 bits a pixel
 * (their white comes out grey) and run lengths.
 */
export function readBmp(start: Buffer): StoredShape {
  if (start.length < 54) throw new UnreadableImage('cut short');
  const headerSize = start.readUInt32LE(14);
  const bits = start.readUInt16LE(28);
  const compression = start.readUInt32LE(30);
  if (![1, 4, 8, 24, 32].includes(bits) || !uncompressed.includes(compression)) {
    throw new UnreadableImage('a packed or 16-bit BMP (save it as PNG)');
  }
  // Rows stand from top to bottom where the height is negative.
  const shape = { width: start.readInt32LE(18), height: Math.abs(start.readInt32LE(22)) };
  if (shape.width < 0) throw new UnreadableImage('damaged BMP header');
  if (bits <= 8) return { ...shape, channels: hasGreyPalette(start, 14 + headerSize, bits) ? 1 : 3 };
  // Where masks say which bits are a colour, the fourth says which are opacity.
  const masked = bits === 32 && compression !== 0 && (headerSize >= 56 || compression === 6) && start.length >= 70;
  return { ...shape, channels: masked && start.readUInt32LE(66) !== 0 ? 4 : 3 };
}

/** Length in bytes of a file with this header: rows are whole 32-bit words. */
export function bmpFileBytes(start: Buffer, { width, height }: StoredShape): number {
  return start.readUInt32LE(10) + Math.ceil((width * start.readUInt16LE(28)) / 32) * 4 * height;
}

/** Colours are blue, green, red and an empty byte. */
function hasGreyPalette(start: Buffer, offset: number, bits: number): boolean {
  const colours = start.readUInt32LE(46) || 2 ** bits;
  for (let at = offset; at < Math.min(start.length - 2, offset + 4 * colours); at += 4) {
    if (start[at] !== start[at + 1] || start[at] !== start[at + 2]) return false;
  }
  return true;
}
