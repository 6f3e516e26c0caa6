/** Width, height and transparency of a GIF's first frame (GIF89a, CompuServe 1990). */
import type { StoredShape } from '../shape.ts';
import { type ReadAt, UnreadableImage } from './signature.ts';

/** Blocks before the first frame; real files have a handful. */
const MOST_BLOCKS = 256;

export async function readGif(start: Buffer, readAt: ReadAt): Promise<StoredShape> {
  if (start.length < 13) throw new UnreadableImage('cut short');
  const colourTable = start[10]!;
  const shape = { width: start.readUInt16LE(6), height: start.readUInt16LE(8) };
  let offset = 13 + ((colourTable & 0x80) === 0 ? 0 : 3 * 2 ** ((colourTable & 7) + 1));
  let transparent = false;
  for (let blocks = 0; blocks < MOST_BLOCKS; blocks++) {
    const block = await readAt(offset, 4);
    if (block[0] === 0x2c) return { ...shape, channels: transparent ? 4 : 3 };
    if (block[0] !== 0x21) break;
    // A graphic control extension has a flag for transparency; others are passed over.
    if (block[1] === 0xf9) transparent = ((block[3] ?? 0) & 1) === 1;
    offset = await afterSubBlocks(offset + 2, readAt);
  }
  throw new UnreadableImage('damaged GIF header');
}

async function afterSubBlocks(start: number, readAt: ReadAt): Promise<number> {
  let offset = start;
  for (let blocks = 0; blocks < 65_536; blocks++) {
    const [length] = await readAt(offset, 1);
    if (length === undefined) throw new UnreadableImage('cut short');
    offset += 1 + length;
    if (length === 0) return offset;
  }
  throw new UnreadableImage('damaged GIF header');
}
