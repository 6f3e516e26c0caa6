/** What reading a Parquet file takes, whatever is in it. */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { AsyncBuffer, Compressors, FileMetaData } from 'hyparquet';
import { UserError } from '../../../terms/errors.ts';
import { printable } from '../../../terms/names.ts';
import { explainFileError } from '../../files.ts';

export interface OpenParquet {
  readonly path: string;
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly count: number;
}

/** Zstandard came with Node 22.15; Snappy is the reader's own. */
export const compressors: Compressors = {
  GZIP: (bytes) => gunzipSync(bytes),
  BROTLI: (bytes) => brotliDecompressSync(bytes),
  ...(zstdDecompressSync && { ZSTD: (bytes: Uint8Array) => zstdDecompressSync(bytes) }),
};

export function explainParquetError(error: unknown, path: string): unknown {
  if (error instanceof UserError) return error;
  const explained = explainFileError(error, path);
  if (explained !== error || !(error instanceof Error)) return explained;
  const codec = /compression codec:? (\w+)/.exec(error.message)?.[1];
  if (codec) {
    const remedy = codec === 'ZSTD' ? 'use Node.js 22.15 or newer, or save it' : 'save it';
    return new UserError('data/parquet-codec', `${path} is packed with ${codec}: ${remedy} with Snappy or gzip.`, {
      subject: { path },
    });
  }
  return new UserError(
    'data/not-parquet',
    `${path} is not a Parquet file, or a damaged one (${printable(error.message.split('\n', 1)[0]!)}): save or download it again.`,
    { subject: { path }, cause: error },
  );
}
