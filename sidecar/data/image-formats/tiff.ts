/** Width, height and channels of a TIFF's first page (TIFF 6.0, Adobe 1992; BigTIFF's wider offsets as well). */
import type { Channels, StoredShape } from '../shape.ts';
import { type ReadAt, UnreadableImage } from './signature.ts';

const tags = { width: 256, height: 257, colours: 262, samples: 277, extraSamples: 338, numbers: 339 } as const;

/** Entries of a page's directory; real files have some twenty. */
const MOST_ENTRIES = 4096;

/** Bytes of one value by the number of its type; others do not stand in the tags that are read. */
const valueBytes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 16: 8 };

export async function readTiff(start: Buffer, readAt: ReadAt): Promise<StoredShape> {
  if (start.length < 16) throw new UnreadableImage('cut short');
  const values = await firstPage(start, readAt);
  const width = values.get(tags.width);
  const height = values.get(tags.height);
  if (width === undefined || height === undefined) throw new UnreadableImage('damaged TIFF header');
  // 1 whole numbers from 0 (also where nothing is said), 2 signed, 3 floating point.
  if ((values.get(tags.numbers) ?? 1) !== 1) {
    throw new UnreadableImage('a TIFF of signed or floating-point numbers (save it with 8 or 16 bits)');
  }
  return { width, height, channels: channelsOf(values) };
}

/** 0 and 1 are grey, 3 is a palette, the rest is some kind of colour. */
function channelsOf(values: ReadonlyMap<number, number>): Channels {
  const grey = (values.get(tags.colours) ?? 0) <= 1;
  if (values.has(tags.extraSamples)) return 4;
  return grey ? 1 : 3;
}

/** The first value of each tag of the first directory. */
async function firstPage(start: Buffer, readAt: ReadAt): Promise<Map<number, number>> {
  const little = start[0] === 0x49;
  const number = (bytes: Buffer, offset: number, length: number): number => {
    if (offset + length > bytes.length) throw new UnreadableImage('cut short');
    if (length === 8) return Number(little ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset));
    return little ? bytes.readUIntLE(offset, length) : bytes.readUIntBE(offset, length);
  };
  const big = number(start, 2, 2) === 43;
  const [offsetBytes, countBytes, entryBytes] = big ? [8, 8, 20] : [4, 2, 12];
  const directory = number(start, big ? 8 : 4, offsetBytes);
  if (!Number.isSafeInteger(directory)) throw new UnreadableImage('damaged TIFF header');
  const count = number(await readAt(directory, countBytes), 0, countBytes);
  if (count > MOST_ENTRIES) throw new UnreadableImage('damaged TIFF header');
  const entries = await readAt(directory + countBytes, count * entryBytes);
  const values = new Map<number, number>();
  for (let at = 0; at + entryBytes <= entries.length; at += entryBytes) {
    const type = number(entries, at + 2, 2);
    const length = valueBytes[type];
    if (length === undefined) continue;
    const valuesThere = number(entries, at + 4, offsetBytes);
    const inPlace = length * valuesThere <= offsetBytes;
    const field = entries.subarray(at + 4 + offsetBytes);
    const from = inPlace ? field : await readAt(number(field, 0, offsetBytes), length);
    values.set(number(entries, at, 2), number(from, 0, length));
  }
  return values;
}
