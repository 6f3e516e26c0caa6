/**
 * Width, height and channels of image files from their headers, without decoding and without native
 * code. The widely used header libraries leave out the channels.
 */
import { open } from 'node:fs/promises';
import { readAvif } from './image-formats/avif.ts';
import { readBmp } from './image-formats/bmp.ts';
import { readGif } from './image-formats/gif.ts';
import { formatOf, notAnImage, type ReadAt, UnreadableImage } from './image-formats/signature.ts';
import { readTiff } from './image-formats/tiff.ts';
import type { Channels, StoredShape } from './shape.ts';

/** @throws UnreadableImage if the content (not the name) is none of the formats or its header is damaged. */
export async function readImageHeader(path: string): Promise<StoredShape> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(2048);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const start = head.subarray(0, bytesRead);
    const readAt: ReadAt = async (offset, length) => {
      if (offset + length <= start.length) return start.subarray(offset, offset + length);
      if (!Number.isSafeInteger(offset)) return Buffer.alloc(0);
      const bytes = Buffer.alloc(length);
      const got = await file.read(bytes, 0, length, offset);
      return bytes.subarray(0, got.bytesRead);
    };
    return checked(await readShape(start, readAt));
  } finally {
    await file.close();
  }
}

/** The same for a file's content. @throws UnreadableImage */
export async function imageHeaderOf(content: Uint8Array): Promise<StoredShape> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return checked(await readShape(bytes, async (offset, length) => bytes.subarray(offset, offset + length)));
}

function readShape(start: Buffer, readAt: ReadAt): Promise<StoredShape> | StoredShape {
  switch (formatOf(start)) {
    case 'png':
      return readPng(start, readAt);
    case 'jpeg':
      return readJpeg(readAt);
    case 'webp':
      return readWebp(start);
    case 'gif':
      return readGif(start, readAt);
    case 'bmp':
      return readBmp(start);
    case 'tiff':
      return readTiff(start, readAt);
    case 'avif':
      return readAvif(readAt);
    case null:
      throw notAnImage(start);
  }
}

/** Parts of a file walked through in search of the header; real files have a few dozen. */
const MOST_PARTS = 4096;

function checked(shape: StoredShape): StoredShape {
  if (shape.width === 0 || shape.height === 0) throw new UnreadableImage('no pixels');
  return shape;
}

/** PNG (ISO/IEC 15948): IHDR first; a tRNS chunk before the pixels adds transparency. */
async function readPng(start: Buffer, readAt: ReadAt): Promise<StoredShape> {
  if (start.length < 33) throw new UnreadableImage('cut short');
  if (start.toString('latin1', 12, 16) !== 'IHDR') throw new UnreadableImage('damaged PNG header');
  const colourType = start[25]!;
  const transparent = colourType === 4 || colourType === 6 || (await hasTransparencyChunk(readAt));
  const colour = colourType === 0 ? 1 : 3;
  return {
    width: start.readUInt32BE(16),
    height: start.readUInt32BE(20),
    channels: transparent ? 4 : colour,
  };
}

async function hasTransparencyChunk(readAt: ReadAt): Promise<boolean> {
  let offset = 8;
  for (let chunks = 0; chunks < MOST_PARTS; chunks++) {
    const chunk = await readAt(offset, 8);
    const type = chunk.toString('latin1', 4, 8);
    if (type === 'tRNS') return true;
    if (chunk.length < 8 || type === 'IDAT' || type === 'IEND') return false;
    offset += 12 + chunk.readUInt32BE(0);
  }
  return false;
}

/** JPEG (ITU-T T.81): segments up to the start of frame (SOF0…SOF15 but DHT, JPG, DAC). */
async function readJpeg(readAt: ReadAt): Promise<StoredShape> {
  let offset = 2;
  for (let segments = 0; segments < MOST_PARTS; segments++) {
    const segment = await readAt(offset, 10);
    if (segment.length < 4 || segment[0] !== 0xff) throw new UnreadableImage('damaged JPEG header');
    const marker = segment[1]!;
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (segment.length < 10) throw new UnreadableImage('cut short');
      return {
        height: segment.readUInt16BE(5),
        width: segment.readUInt16BE(7),
        channels: segment[9] === 1 ? 1 : 3,
      };
    }
    if (marker === 0xd9 || marker === 0xda) throw new UnreadableImage('damaged JPEG header');
    offset += 2 + segment.readUInt16BE(2);
  }
  throw new UnreadableImage('damaged JPEG header');
}

/** WebP (RFC 9649): lossy VP8, lossless VP8L, or VP8X with a flag for alpha. */
function readWebp(start: Buffer): StoredShape {
  if (start.length < 30) throw new UnreadableImage('cut short');
  const alpha = (flag: boolean): Channels => (flag ? 4 : 3);
  switch (start.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: start.readUInt16LE(26) & 0x3fff, height: start.readUInt16LE(28) & 0x3fff, channels: 3 };
    case 'VP8L': {
      const bits = start.readUInt32LE(21);
      return {
        width: (bits & 0x3fff) + 1,
        height: ((bits >>> 14) & 0x3fff) + 1,
        channels: alpha(((bits >>> 28) & 1) === 1),
      };
    }
    case 'VP8X':
      return {
        width: start.readUIntLE(24, 3) + 1,
        height: start.readUIntLE(27, 3) + 1,
        channels: alpha((start[20]! & 0x10) !== 0),
      };
    default:
      throw new UnreadableImage('damaged WebP header');
  }
}
