/** Takes the values of an IDX file out of its packing: into memory, or once into the cache folder. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { datasetCacheFolder } from './cache-folder.ts';
import type { Progress } from './dataset.ts';
import { explainFileError } from './files.ts';
import { corruptGzip, type IdxHeader, tooLong, truncated } from './idx/header.ts';

export interface UnpackOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
}

/** All values after the header, in memory that threads can share. */
export async function readValues(header: IdxHeader, options: UnpackOptions): Promise<Uint8Array<SharedArrayBuffer>> {
  const bytes = new Uint8Array(new SharedArrayBuffer(header.totalBytes));
  await eachChunk(header, options, async (chunk, at) => bytes.set(chunk, at));
  return bytes.subarray(header.start);
}

/**
 * The path of an unpacked copy of a gzipped file, made on first use and found again as long as the
 * packed file stays the same.
 */
export async function unpackedFile(header: IdxHeader, options: UnpackOptions): Promise<string> {
  const folder = join(datasetCacheFolder(), 'unpacked');
  const { mtimeMs } = await stat(header.path);
  const key = createHash('sha256').update(`${header.path}\n${header.fileBytes}\n${mtimeMs}`).digest('hex');
  const target = join(folder, `${key.slice(0, 32)}.idx`);
  const existing = await stat(target).catch(() => null);
  if (existing?.size === header.totalBytes) return target;
  const temporary = `${target}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await eachChunk(header, options, async (chunk) => {
        await file.writeFile(chunk);
      });
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw explainFileError(error, target);
  }
  return target;
}

/** Feeds the unpacked stream, header included, and checks that it is as long as the header promises. */
async function eachChunk(
  header: IdxHeader,
  { signal, progress }: UnpackOptions,
  take: (chunk: Buffer, at: number) => Promise<void>,
): Promise<void> {
  const { path, gzipped, totalBytes } = header;
  let at = 0;
  const consume = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      if (at + chunk.length > totalBytes) throw tooLong(path, totalBytes);
      await take(chunk, at);
      at += chunk.length;
      progress?.(at, totalBytes, `Reading ${path}`);
    }
  };
  const source = createReadStream(path, { highWaterMark: 1 << 18 });
  const options = signal ? { signal } : {};
  try {
    await (gzipped
      ? pipeline(source, createGunzip({ chunkSize: 1 << 18 }), consume, options)
      : pipeline(source, consume, options));
  } catch (error) {
    signal?.throwIfAborted();
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'Z_BUF_ERROR') throw truncated(path, `it ends after ${at} of ${totalBytes} bytes`, true);
    if (typeof code === 'string' && code.startsWith('Z_')) throw corruptGzip(path, error);
    throw explainFileError(error, path);
  }
  if (at < totalBytes) throw truncated(path, `it ends after ${at} of ${totalBytes} bytes`, gzipped);
}
