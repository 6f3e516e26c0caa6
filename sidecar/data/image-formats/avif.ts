/** Width, height and channels of an AVIF image: its item properties (ISO/IEC 23008-12, AV1 Image File Format). */
import type { StoredShape } from '../shape.ts';
import { type ReadAt, UnreadableImage } from './signature.ts';

/** Of the box that describes the images; real ones have a few hundred. */
const LARGEST_META = 2 ** 20;
const MOST_BOXES = 1024;

interface Box {
  readonly type: string;
  readonly content: Buffer;
}

/** The largest image that is described is the main one: tiles and thumbnails are smaller. */
export async function readAvif(readAt: ReadAt): Promise<StoredShape> {
  const meta = await metaBox(readAt);
  const properties = inside(inside(boxes(meta.subarray(4)), 'iprp'), 'ipco');
  let largest = { width: 0, height: 0 };
  for (const { type, content } of properties) {
    if (type !== 'ispe' || content.length < 12) continue;
    const [width, height] = [content.readUInt32BE(4), content.readUInt32BE(8)];
    if (width * height > largest.width * largest.height) largest = { width, height };
  }
  if (largest.width === 0) throw new UnreadableImage('damaged AVIF header');
  const { width, height } = largest;
  const turned = properties.some(({ type, content }) => type === 'irot' && ((content[0] ?? 0) & 1) === 1);
  const alpha = properties.some(({ type, content }) => type === 'auxC' && content.includes(':alpha'));
  return { ...(turned ? { width: height, height: width } : { width, height }), channels: alpha ? 4 : 3 };
}

async function metaBox(readAt: ReadAt): Promise<Buffer> {
  let offset = 0;
  for (let count = 0; count < MOST_BOXES; count++) {
    const head = await readAt(offset, 16);
    if (head.length < 8) throw new UnreadableImage('cut short');
    const short = head.readUInt32BE(0);
    const length = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short;
    if (head.toString('latin1', 4, 8) === 'meta') {
      if (length < 12 || length > LARGEST_META) break;
      const content = await readAt(offset + 8, length - 8);
      if (content.length < length - 8) throw new UnreadableImage('cut short');
      return content;
    }
    if (length < 8) break;
    offset += length;
  }
  throw new UnreadableImage('damaged AVIF header');
}

function boxes(content: Buffer): Box[] {
  const found: Box[] = [];
  for (let at = 0; at + 8 <= content.length && found.length < MOST_BOXES; ) {
    const length = content.readUInt32BE(at);
    if (length < 8 || at + length > content.length) break;
    found.push({ type: content.toString('latin1', at + 4, at + 8), content: content.subarray(at + 8, at + length) });
    at += length;
  }
  return found;
}

/** The boxes inside the first of this type. */
const inside = (list: readonly Box[], type: string): Box[] =>
  boxes(list.find((box) => box.type === type)?.content ?? Buffer.alloc(0));
