/**
 * IDX, the format of MNIST (LeCun, Cortes, Burges): 0, 0, type, number of dimensions, each dimension
 * as a big-endian 32-bit number, then the values. Here: unsigned bytes (type 8), one dimension for
 * labels (magic number 2049) or three for images (2051). Either may be gzipped.
 */
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import { UserError } from '../../terms/errors.ts';
import { explainFileError, statAs } from '../files.ts';

export const labelsMagic = 2049;
export const imagesMagic = 2051;

export interface IdxHeader {
  readonly path: string;
  readonly gzipped: boolean;
  readonly fileBytes: number;
  /** Where the values begin, in bytes of the unpacked stream. */
  readonly start: number;
  /** [count] for labels, [count, height, width] for images. */
  readonly dimensions: readonly number[];
  /** Bytes of one label or image. */
  readonly recordBytes: number;
  readonly count: number;
  /** Bytes of the whole unpacked stream. */
  readonly totalBytes: number;
}

/** Deflate cannot shrink by more than this (RFC 1951: 258 bytes from two bits, rounded up). */
const largestRatio = 1032;

/**
 * Reads and checks the header alone.
 * @param magic `labelsMagic` or `imagesMagic`, what the caller expects the file to hold.
 * @throws UserError naming the file and what is wrong with it.
 */
export async function readIdxHeader(path: string, magic: number): Promise<IdxHeader> {
  const { size: fileBytes } = await statAs('file', path);
  if (fileBytes === 0)
    throw new UserError('data/empty-file', `${path} is empty: download or copy it again.`, { subject: { path } });
  const head = await readHead(path);
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  const bytes = gzipped ? await unpackHead(head, path) : head;
  const dimensions = readDimensions(bytes, path, magic);
  const [count = 0, ...record] = dimensions;
  const recordBytes = record.reduce((product, length) => product * length, 1);
  const start = 4 + 4 * dimensions.length;
  const totalBytes = start + count * recordBytes;
  if (count === 0 || recordBytes === 0) {
    throw new UserError(
      'data/empty-file',
      `${path} holds no ${noun(magic)} (its header says ${dimensions.join('×')}).`,
      { subject: { path } },
    );
  }
  if (gzipped ? totalBytes > fileBytes * largestRatio : totalBytes > fileBytes) {
    throw truncated(path, `its header promises ${totalBytes} bytes`, gzipped);
  }
  if (!gzipped && totalBytes < fileBytes) throw tooLong(path, totalBytes);
  return { path, gzipped, fileBytes, start, dimensions, recordBytes, count, totalBytes };
}

export function truncated(path: string, detail: string, gzipped: boolean): UserError {
  return new UserError(
    gzipped ? 'data/truncated-gzip' : 'data/truncated',
    `${path} is cut short (${detail}): download or copy it again.`,
    { subject: { path } },
  );
}

export function tooLong(path: string, expected: number): UserError {
  return new UserError(
    'data/trailing-bytes',
    `${path} continues after the ${expected} bytes its header promises: it is damaged or not IDX; download it again.`,
    { subject: { path } },
  );
}

export function corruptGzip(path: string, cause: unknown): UserError {
  return new UserError('data/corrupt-gzip', `${path} is a damaged gzip file: download or copy it again.`, {
    subject: { path },
    cause,
  });
}

async function readHead(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const head = Buffer.alloc(4096);
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      return head.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explainFileError(error, path);
  }
}

const gunzipPart = promisify<Buffer, object, Buffer>(gunzip);

async function unpackHead(head: Buffer, path: string): Promise<Buffer> {
  try {
    // A sync flush yields what the bytes so far hold and does not ask for the rest of the stream.
    return await gunzipPart(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    throw corruptGzip(path, error);
  }
}

const noun = (magic: number) => (magic === labelsMagic ? 'labels' : 'images');

function readDimensions(bytes: Buffer, path: string, magic: number): number[] {
  const dimensions = magic & 0xff;
  const found = bytes.length >= 4 ? bytes.readUInt32BE(0) : null;
  if (found === null) throw truncated(path, 'it ends within its header', false);
  if (found === labelsMagic && magic === imagesMagic) {
    throw new UserError(
      'data/labels-as-images',
      `${path} holds labels where images are expected: name it in data.labels and the images file in data.path.`,
      { subject: { path } },
    );
  }
  if (found === imagesMagic && magic === labelsMagic) {
    throw new UserError(
      'data/images-as-labels',
      `${path} holds images where labels are expected: name it in data.path and the labels file in data.labels.`,
      { subject: { path } },
    );
  }
  if (found !== magic) {
    throw new UserError(
      'data/wrong-magic',
      `${path} is not an IDX file of ${noun(magic)}: it begins with the number ${found}, not ${magic}; name another file.`,
      { subject: { path } },
    );
  }
  if (bytes.length < 4 + 4 * dimensions) throw truncated(path, 'it ends within its header', false);
  return Array.from({ length: dimensions }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
}
