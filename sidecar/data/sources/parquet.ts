/**
 * A Parquet file with a column of images: their paths, their files' content, or both as Hugging Face
 * writes them (a group of `bytes` and `path`).
 */
import { dirname } from 'node:path';
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
import { UserError } from '../../errors.ts';
import { explainFileError, statAs } from '../files.ts';
import { UnreadableImage } from '../image-formats/signature.ts';
import { imageHeaderOf, readImageHeader } from '../image-header.ts';
import { fingerprint, identityOf } from './identity.ts';
import {
  type Contents,
  classesOf,
  type Headers,
  type ImageSource,
  type ScanOptions,
  ShapeCollector,
  type StoredImage,
} from './source.ts';
import { type ColumnNames, chooseColumns } from './table-columns.ts';
import { imageAt } from './table-paths.ts';

/** Zstandard came with Node 22.15; Snappy is the reader's own. */
const compressors: Compressors = {
  GZIP: (bytes) => gunzipSync(bytes),
  BROTLI: (bytes) => brotliDecompressSync(bytes),
  ...(zstdDecompressSync && { ZSTD: (bytes: Uint8Array) => zstdDecompressSync(bytes) }),
};

/** Paths in the table are relative to its folder. */
export function parquetSource(path: string, names: ColumnNames): ImageSource {
  let opened: Promise<OpenTable> | null = null;
  const look = () => {
    opened ??= openTable(path, names);
    return opened;
  };
  return {
    name: path,
    async identity(options) {
      const own = `${fingerprint(path)} ${JSON.stringify(names)}`;
      const files: string[] = [];
      for await (const { image } of imagesOf(await look(), path, options)) {
        if (!('path' in image)) return own;
        files.push(image.path);
      }
      return `${own}\n${await identityOf(dirname(path), files, options)}`;
    },
    async contents() {
      return contentsOf(await look(), path);
    },
    async headers(atMost, options) {
      return headersOf(await look(), path, atMost, options);
    },
    async *images(options) {
      yield* imagesOf(await look(), path, options);
    },
  };
}

interface OpenTable {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly image: string;
  readonly label: string | null;
  readonly count: number;
}

async function openTable(path: string, names: ColumnNames): Promise<OpenTable> {
  await statAs('file', path);
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const found = parquetSchema(metadata).children.map(({ element }) => element.name);
    const count = Number(metadata.num_rows);
    if (count === 0) throw new UserError('data/empty-file', `${path} has no rows: add one for each image.`);
    return { file, metadata, ...chooseColumns(path, found, names), count };
  } catch (error) {
    throw explainParquetError(error, path);
  }
}

type Row = Readonly<Record<string, unknown>>;

async function readRows(table: OpenTable, path: string, column: string, rowStart: number, rowEnd: number) {
  const { file, metadata } = table;
  try {
    const options = { file, metadata, columns: [column], rowStart, rowEnd, utf8: false, compressors };
    return (await parquetReadObjects(options)) as readonly Row[];
  } catch (error) {
    throw explainParquetError(error, path);
  }
}

async function contentsOf(table: OpenTable, path: string): Promise<Contents> {
  const { count, label, file } = table;
  const common = { count, bytes: file.byteLength };
  if (label === null) return { ...common, labels: null, classNames: null };
  const rows = await readRows(table, path, label, 0, count);
  const labels = rows.map((row, i) => {
    const value = row[label];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
    if (value instanceof Uint8Array && value.length > 0) return Buffer.from(value).toString('utf8');
    throw new UserError(
      'data/bad-label',
      `${path} has no label in row ${i} (column ${label}): fill it in, or name another column in data.columns.label.`,
    );
  });
  return { ...common, ...classesOf(labels) };
}

async function headersOf(table: OpenTable, path: string, atMost: number, options: ScanOptions): Promise<Headers> {
  const collector = new ShapeCollector();
  let done = 0;
  for await (const { name, image, damage } of imagesOf(table, path, options)) {
    const shape = async () => {
      if (damage !== undefined) throw new UnreadableImage(damage);
      return 'path' in image ? readImageHeader(image.path) : 'bytes' in image ? imageHeaderOf(image.bytes) : image;
    };
    await shape().then(
      (found) => collector.add(name, found),
      (error) => collector.addUnreadable(name, error),
    );
    options.progress?.(++done, Math.min(atMost, table.count), `Reading image headers in ${path}`);
    if (done === atMost) break;
  }
  return { shapes: collector.shapes, inputs: null, unreadable: collector.unreadable };
}

/** Reads a row group at a time, since the reader unpacks no less. */
async function* imagesOf(table: OpenTable, path: string, { signal }: ScanOptions): AsyncGenerator<StoredImage> {
  const { metadata, image } = table;
  let start = 0;
  for (const group of metadata.row_groups) {
    signal?.throwIfAborted();
    const end = start + Number(group.num_rows);
    const rows = await readRows(table, path, image, start, end);
    for (const [i, row] of rows.entries()) yield storedImage(row[image], start + i, path);
    start = end;
  }
}

function storedImage(value: unknown, row: number, path: string): StoredImage {
  const content = contentOf(value);
  if (typeof content === 'string') return { ...imageAt(dirname(path), content), name: content };
  if (content !== null) return { name: `row ${row}`, image: { bytes: content } };
  throw new UserError(
    'data/bad-table',
    `${path} holds neither a path nor an image file's content in row ${row}: name another column in data.columns.image.`,
  );
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
