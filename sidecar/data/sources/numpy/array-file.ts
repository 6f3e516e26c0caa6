/** The arrays of a file that NumPy wrote: one (`numpy.save`), or a zip of several (`numpy.savez`, compressed or not). */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { UserError } from '../../../terms/errors.ts';
import { printable } from '../../../terms/names.ts';
import { explainFileError, statAs } from '../../files.ts';
import { isNpy, type NpyHeader, npyHeadBytes, readNpyHeader } from './npy.ts';

export interface NumpyArray {
  /** Names the array in messages. */
  readonly title: string;
  /** Of the file that it is in. */
  readonly path: string;
  readonly header: NpyHeader;
  /** Bytes of elements that there are, which may be fewer than the shape asks for. */
  readonly bytes: number;
  /** The elements' bytes, in chunks of any length. */
  chunks(): AsyncIterable<Uint8Array>;
}

export interface ArrayFile {
  /** By name, without ".npy". */
  readonly names: readonly string[];
  /** On disk. */
  readonly bytes: number;
  /** @throws UserError if what has this name is not an array of numbers or text. */
  array(name: string): Promise<NumpyArray>;
  close(): void;
}

/** @throws UserError if the file is neither an array nor a zip. */
export async function openArrays(path: string): Promise<ArrayFile> {
  const { size } = await statAs('file', path);
  return isNpy(await headOf(path)) ? oneArray(path, size) : openZip(path, size);
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path).catch((error) => {
    throw explainFileError(error, path);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(npyHeadBytes), 0, npyHeadBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function oneArray(path: string, size: number): ArrayFile {
  const stream = async () => createReadStream(path);
  const explain = (error: unknown) => explainFileError(error, path);
  return {
    names: [basename(path).replace(/\.npy$/i, '')],
    bytes: size,
    array: () => readArray(path, path, size, (start) => chunksFrom(stream, start, explain)),
    close: () => {},
  };
}

async function openZip(path: string, size: number): Promise<ArrayFile> {
  const explain = (error: unknown) => explainZipError(error, path);
  const { zip, entries } = await listEntries(path).catch((error) => {
    throw explain(error);
  });
  const stream = (entry: yauzl.Entry) =>
    new Promise<Readable>((resolve, reject) => {
      zip.openReadStream(entry, (error, opened) => (opened ? resolve(opened) : reject(error)));
    });
  return {
    names: [...entries.keys()],
    bytes: size,
    array: (name) => {
      const entry = entries.get(name)!;
      const chunks = (start: number) => chunksFrom(() => stream(entry), start, explain);
      return readArray(path, `${path} (${printable(name)})`, entry.uncompressedSize, chunks);
    },
    close: () => zip.close(),
  };
}

/** @param size of header and elements together, in bytes. */
async function readArray(
  path: string,
  title: string,
  size: number,
  chunks: (start: number) => AsyncIterable<Uint8Array>,
): Promise<NumpyArray> {
  const parts: Uint8Array[] = [];
  let have = 0;
  for await (const chunk of chunks(0)) {
    parts.push(chunk);
    have += chunk.length;
    if (have >= npyHeadBytes) break;
  }
  const header = readNpyHeader(Buffer.concat(parts), title, path);
  return { title, path, header, bytes: Math.max(0, size - header.start), chunks: () => chunks(header.start) };
}

async function* chunksFrom(
  open: () => Promise<Readable>,
  start: number,
  explain: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  const source = await open().catch((error) => {
    throw explain(error);
  });
  let skip = start;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      if (chunk.length <= skip) {
        skip -= chunk.length;
        continue;
      }
      yield chunk.subarray(skip);
      skip = 0;
    }
  } catch (error) {
    throw explain(error);
  } finally {
    source.destroy();
  }
}

interface Listed {
  readonly zip: yauzl.ZipFile;
  readonly entries: ReadonlyMap<string, yauzl.Entry>;
}

function listEntries(path: string): Promise<Listed> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) {
        reject(error);
        return;
      }
      const entries = new Map<string, yauzl.Entry>();
      zip.on('entry', (entry) => {
        if (entry.fileName.endsWith('.npy')) entries.set(entry.fileName.slice(0, -4), entry);
        zip.readEntry();
      });
      zip.on('end', () => resolve({ zip, entries }));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

function explainZipError(error: unknown, path: string): unknown {
  if (error instanceof UserError) return error;
  const explained = explainFileError(error, path);
  if (explained !== error || !(error instanceof Error)) return explained;
  const reason = printable(error.message.split('\n', 1)[0]!);
  return new UserError(
    'data/not-an-npz',
    `${path} is not a file of NumPy arrays, or a damaged one (${reason}): save or download it again.`,
    { subject: { path }, cause: error },
  );
}
