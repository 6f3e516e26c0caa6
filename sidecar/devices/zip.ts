/** Unpacks single files of a ZIP archive on disk (PKWARE's APPNOTE), without holding them in memory. */
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  readonly compressedSize: number;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  /** Of the entry's own header. */
  readonly offset: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const HEADER = 0x04034b50;
/** The end record and its comment. */
const LONGEST_END = 22 + 0xffff;

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error('the archive is cut off');
  return buffer;
}

/** Every file in the archive. Throws an Error that says what is wrong with it. */
export async function zipEntries(path: string): Promise<ZipEntry[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = await read(file, Math.max(0, size - LONGEST_END), Math.min(size, LONGEST_END));
    const signature = Buffer.alloc(4);
    signature.writeUInt32LE(END);
    const end = tail.lastIndexOf(signature);
    if (end < 0 || end + 22 > tail.length) throw new Error('it is no ZIP archive');
    const count = tail.readUInt16LE(end + 10);
    const length = tail.readUInt32LE(end + 12);
    const start = tail.readUInt32LE(end + 16);
    if (start === 0xffffffff) throw new Error('the archive is larger than 4 GiB');
    const directory = await read(file, start, length);
    const entries: ZipEntry[] = [];
    for (let at = 0, left = count; left > 0; left -= 1) {
      if (directory.readUInt32LE(at) !== ENTRY) throw new Error('the archive is damaged');
      const nameLength = directory.readUInt16LE(at + 28);
      entries.push({
        name: directory.toString('utf8', at + 46, at + 46 + nameLength),
        method: directory.readUInt16LE(at + 10),
        compressedSize: directory.readUInt32LE(at + 20),
        size: directory.readUInt32LE(at + 24),
        offset: directory.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    return entries;
  } finally {
    await file.close();
  }
}

/** Writes one file of the archive to `target`, which must not be there yet. */
export async function unzip(path: string, entry: ZipEntry, target: string, signal?: AbortSignal): Promise<void> {
  const file = await open(path);
  try {
    const header = await read(file, entry.offset, 30);
    if (header.readUInt32LE(0) !== HEADER) throw new Error('the archive is damaged');
    if (entry.method !== 0 && entry.method !== 8)
      throw new Error(`the archive is packed in an unknown way (${entry.method})`);
    const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    const output = createWriteStream(target, { flags: 'wx' });
    const inflate = entry.method === 8 ? createInflateRaw() : new PassThrough();
    const options = signal === undefined ? {} : { signal };
    await pipeline(createReadStream(path, { start, end: start + entry.compressedSize - 1 }), inflate, output, options);
    if (output.bytesWritten !== entry.size) throw new Error(`${entry.name} in it is damaged`);
  } finally {
    await file.close();
  }
}
