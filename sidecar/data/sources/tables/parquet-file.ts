/**
 * A Parquet file. A column of images holds their paths, their files' content, or both as Hugging Face
 * writes them (a group of `bytes` and `path`).
 */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { UserError } from '../../../errors.ts';
import { explainFileError, statAs } from '../../files.ts';
import type { ScanOptions } from '../source.ts';
import type { ImageColumns } from './columns.ts';
import type { ImageRows, TableFile } from './table-file.ts';

/** Zstandard came with Node 22.15; Snappy is the reader's own. */
const compressors: Compressors = {
  GZIP: (bytes) => gunzipSync(bytes),
  BROTLI: (bytes) => brotliDecompressSync(bytes),
  ...(zstdDecompressSync && { ZSTD: (bytes: Uint8Array) => zstdDecompressSync(bytes) }),
};

/** @throws UserError if it is none. */
export async function openParquet(path: string): Promise<TableFile> {
  await statAs('file', path);
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    const table = { path, file, metadata, count: Number(metadata.num_rows) };
    return { path, bytes: file.byteLength, columns, imageRows: (chosen) => imageRows(table, chosen) };
  } catch (error) {
    throw explainParquetError(error, path);
  }
}

interface OpenTable {
  readonly path: string;
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly count: number;
}

type Row = Readonly<Record<string, unknown>>;

async function readRows({ path, file, metadata }: OpenTable, column: string, rowStart: number, rowEnd: number) {
  try {
    const options = { file, metadata, columns: [column], rowStart, rowEnd, utf8: false, compressors };
    return (await parquetReadObjects(options)) as readonly Row[];
  } catch (error) {
    throw explainParquetError(error, path);
  }
}

function imageRows(table: OpenTable, { image, label }: ImageColumns): ImageRows {
  return {
    count: async () => table.count,
    labels: async () => (label === null || table.count === 0 ? [] : readLabels(table, label)),
    paths: () => null,
    cells: (options) => imageCells(table, image, options),
  };
}

async function readLabels(table: OpenTable, label: string): Promise<string[]> {
  const rows = await readRows(table, label, 0, table.count);
  return rows.map((row, i) => {
    const value = row[label];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
    if (value instanceof Uint8Array && value.length > 0) return Buffer.from(value).toString('utf8');
    throw new UserError(
      'data/bad-label',
      `${table.path} has no label in row ${i} (column ${label}): fill it in, or name another column in data.columns.label.`,
    );
  });
}

/** Reads a row group at a time, since the reader unpacks no less. */
async function* imageCells(
  table: OpenTable,
  image: string,
  { signal }: ScanOptions,
): AsyncGenerator<string | Uint8Array> {
  let start = 0;
  for (const group of table.metadata.row_groups) {
    signal?.throwIfAborted();
    const end = start + Number(group.num_rows);
    const rows = await readRows(table, image, start, end);
    for (const [i, row] of rows.entries()) {
      const content = contentOf(row[image]);
      if (content === null) {
        throw new UserError(
          'data/bad-table',
          `${table.path} holds neither a path nor an image file's content in row ${start + i}: ` +
            'name another column in data.columns.image.',
        );
      }
      yield content;
    }
    start = end;
  }
}

/** A path, or an image file's content. */
function contentOf(value: unknown): string | Uint8Array | null {
  if (typeof value === 'string' && value !== '') return value;
  if (value instanceof Uint8Array) return value;
  if (typeof value !== 'object' || value === null) return null;
  const { bytes, path } = value as { readonly bytes?: unknown; readonly path?: unknown };
  return contentOf(bytes ?? null) ?? contentOf(path ?? null);
}

function explainParquetError(error: unknown, path: string): unknown {
  if (error instanceof UserError) return error;
  const explained = explainFileError(error, path);
  if (explained !== error || !(error instanceof Error)) return explained;
  const codec = /compression codec:? (\w+)/.exec(error.message)?.[1];
  if (codec) {
    const remedy = codec === 'ZSTD' ? 'use Node.js 22.15 or newer, or save it' : 'save it';
    return new UserError('data/parquet-codec', `${path} is packed with ${codec}: ${remedy} with Snappy or gzip.`);
  }
  return new UserError(
    'data/not-parquet',
    `${path} is not a Parquet file, or a damaged one (${error.message.split('\n', 1)[0]}): save or download it again.`,
    { cause: error },
  );
}
