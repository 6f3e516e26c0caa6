/**
 * The file that decoded images are kept in: records of one length, then labels, then what is known of
 * the whole as JSON, then the length of that and a magic string. A file without its end is no such file.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { LostLabels } from '../labels/labelling.ts';
import type { DeliveredShape } from '../shape.ts';
import type { Skipped } from '../skip-list.ts';
import type { PixelValues } from '../sources/source.ts';

const MAGIC = 'GANIMG01';

export interface ImageFileHead {
  readonly count: number;
  readonly image: DeliveredShape;
  /** Of inputs stored behind each image, or null. */
  readonly input: DeliveredShape | null;
  readonly labelled: boolean;
  readonly classNames: readonly string[] | null;
  /** Images that could not be decoded. */
  readonly skipped: Skipped;
  /** Files that are no images. */
  readonly leftOut: Skipped;
  readonly lostLabels: LostLabels | null;
  /** What the numbers were, where images are not files. */
  readonly values: PixelValues | null;
}

export interface ImageFile {
  readonly head: ImageFileHead;
  readonly labels: Int32Array | null;
}

const bytesOf = ({ imageSize, channels }: DeliveredShape) => imageSize * imageSize * channels;

export const recordBytesOf = ({ image, input }: Pick<ImageFileHead, 'image' | 'input'>): number =>
  bytesOf(image) + (input ? bytesOf(input) : 0);

/** Appends what follows the records, which have been written, and makes all of it durable. */
export async function finishImageFile(file: FileHandle, head: ImageFileHead, labels: Int32Array | null): Promise<void> {
  if (labels) await file.appendFile(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength));
  const json = Buffer.from(JSON.stringify(head));
  const end = Buffer.alloc(12);
  end.writeUInt32LE(json.length, 0);
  end.write(MAGIC, 4, 'latin1');
  await file.appendFile(Buffer.concat([json, end]));
  await file.sync();
}

/** What the file says of itself; null if it is absent or incomplete. */
export async function readImageFile(path: string): Promise<ImageFile | null> {
  const file = await open(path, constants.O_RDONLY).catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    const end = await bytesAt(file, size - 12, 12);
    if (end?.toString('latin1', 4) !== MAGIC) return null;
    const json = await bytesAt(file, size - 12 - end.readUInt32LE(0), end.readUInt32LE(0));
    if (json === null) return null;
    const head = JSON.parse(json.toString()) as ImageFileHead;
    const labelBytes = head.labelled ? 4 * head.count : 0;
    const start = head.count * recordBytesOf(head);
    if (start + labelBytes + json.length + 12 !== size) return null;
    const bytes = head.labelled ? await bytesAt(file, start, labelBytes) : null;
    return { head, labels: bytes && new Int32Array(Uint8Array.from(bytes).buffer) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer | null> {
  if (position < 0) return null;
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) return null;
    done += bytesRead;
  }
  return bytes;
}
