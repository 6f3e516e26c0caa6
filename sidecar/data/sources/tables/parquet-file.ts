/**
 * A Parquet file. A column of images holds their paths, their files' content, or both as Hugging Face
 * writes them (a group of `bytes` and `path`).
 */
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { UserError } from '../../../terms/errors.ts';
import { statAs } from '../../files.ts';
import type { ScanOptions } from '../source.ts';
import type { ImageColumns } from './chosen-columns.ts';
import { isNumeric, parquetPixels } from './parquet-pixels.ts';
import { compressors, explainParquetError, type OpenParquet } from './parquet-reader.ts';
import type { ImageRows, TableFile } from './table-file.ts';

/** @throws UserError if it is none. */
export async function openParquet(path: string): Promise<TableFile> {
  await statAs('file', path);
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const { children } = parquetSchema(metadata);
    const table = { path, file, metadata, count: Number(metadata.num_rows) };
    return {
      path,
      bytes: file.byteLength,
      columns: children.map(({ element }) => element.name ?? ''),
      hasHeader: true,
      classes: null,
      numeric: children.map(({ element }) => isNumeric(element)),
      imageRows: (chosen) => imageRows(table, chosen),
      pixelRows: ({ pixels, label }) => ({
        count: async () => table.count,
        labels: () => labelsOf(table, label),
        values: (options) => parquetPixels(table, pixels, options),
      }),
    };
  } catch (error) {
    throw explainParquetError(error, path);
  }
}

type Row = Readonly<Record<string, unknown>>;

async function readRows({ path, file, metadata }: OpenParquet, column: string, rowStart: number, rowEnd: number) {
  try {
    const options = { file, metadata, columns: [column], rowStart, rowEnd, utf8: false, compressors };
    return (await parquetReadObjects(options)) as readonly Row[];
  } catch (error) {
    throw explainParquetError(error, path);
  }
}

function imageRows(table: OpenParquet, { image, label }: ImageColumns): ImageRows {
  return {
    count: async () => table.count,
    labels: () => labelsOf(table, label),
    paths: () => null,
    cells: (options) => imageCells(table, image, options),
  };
}

async function labelsOf(table: OpenParquet, label: string | null): Promise<string[]> {
  if (label === null || table.count === 0) return [];
  const rows = await readRows(table, label, 0, table.count);
  return rows.map((row, i) => {
    const value = row[label];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
    if (value instanceof Uint8Array && value.length > 0) return Buffer.from(value).toString('utf8');
    throw new UserError(
      'data/bad-label',
      `${table.path} has no label in row ${i} (column ${label}): fill it in, or name another column in data.columns.label.`,
      { subject: { path: table.path } },
    );
  });
}

/** Reads a row group at a time, since the reader unpacks no less. */
async function* imageCells(
  table: OpenParquet,
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
          { subject: { path: table.path } },
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
