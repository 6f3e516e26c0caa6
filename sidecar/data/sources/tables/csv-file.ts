/** A CSV file: its first line names the columns. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CsvError, type Options, parse } from 'csv-parse';
import { UserError } from '../../../errors.ts';
import { explainFileError, statAs } from '../../files.ts';
import type { ScanOptions } from '../source.ts';
import type { ImageColumns } from './columns.ts';
import { type ImageRows, noRows, type TableFile } from './table-file.ts';

/** @throws UserError if the file is absent or empty. */
export async function openCsv(path: string): Promise<TableFile> {
  const { size: bytes } = await statAs('file', path);
  const delimiter = await delimiterOf(path);
  let columns: readonly string[] | null = null;
  for await (const { record } of rowsOf(path, { delimiter, to: 1 })) columns = record;
  if (columns === null) throw noRows(path);
  const file = { path, bytes, columns, delimiter };
  return { path, bytes, columns, imageRows: (chosen) => imageRows(file, chosen) };
}

interface CsvFile extends Pick<TableFile, 'path' | 'bytes' | 'columns'> {
  readonly delimiter: string;
}

function imageRows(file: CsvFile, columns: ImageColumns): ImageRows {
  let cells: Promise<Cells> | null = null;
  const read = (options: ScanOptions) => {
    cells ??= readCells(file, columns, options);
    return cells;
  };
  return {
    count: async (options) => (await read(options)).images.length,
    labels: async (options) => (await read(options)).labels,
    paths: async (options) => (await read(options)).images,
    async *cells(options) {
      yield* (await read(options)).images;
    },
  };
}

interface Cells {
  readonly images: string[];
  readonly labels: string[];
}

async function readCells(
  { path, bytes, columns, delimiter }: CsvFile,
  chosen: ImageColumns,
  { signal, progress }: ScanOptions,
): Promise<Cells> {
  const image = columns.indexOf(chosen.image);
  const label = chosen.label === null ? null : columns.indexOf(chosen.label);
  const cells: Cells = { images: [], labels: [] };
  for await (const { record, info } of rowsOf(path, { delimiter, from: 2 })) {
    const file = record[image]!;
    if (file === '') throw emptyCell(path, info.lines, 'image');
    cells.images.push(file);
    if (label !== null) {
      const name = record[label]!;
      if (name === '') throw emptyCell(path, info.lines, 'label');
      cells.labels.push(name);
    }
    if (cells.images.length % 4096 === 0) {
      signal?.throwIfAborted();
      progress?.(info.bytes, bytes, `Reading ${path}`);
    }
  }
  return cells;
}

interface Row {
  readonly record: string[];
  readonly info: { readonly lines: number; readonly bytes: number };
}

async function* rowsOf(path: string, options: Options): AsyncGenerator<Row> {
  const source = createReadStream(path);
  const rows = parse({ bom: true, trim: true, skip_empty_lines: true, info: true, ...options });
  source.on('error', (error) => rows.destroy(error));
  try {
    yield* source.pipe(rows) as AsyncIterable<Row>;
  } catch (error) {
    if (error instanceof CsvError) throw badTable(path, error.message);
    throw explainFileError(error, path);
  } finally {
    source.destroy();
    rows.destroy();
  }
}

/** Whichever stands most often in the first line. */
async function delimiterOf(path: string): Promise<string> {
  const file = await open(path).catch((error) => {
    throw explainFileError(error, path);
  });
  try {
    const head = Buffer.alloc(4096);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const line = head.toString('utf8', 0, bytesRead).split(/\r?\n/, 1)[0]!;
    const count = (delimiter: string) => line.split(delimiter).length;
    return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
  } finally {
    await file.close();
  }
}

const badTable = (path: string, message: string) =>
  new UserError('data/bad-table', `${path} is not a CSV table (${message.split('\n', 1)[0]}): fix that line.`);

const emptyCell = (path: string, line: number, what: 'image' | 'label') =>
  new UserError(
    what === 'label' ? 'data/bad-label' : 'data/bad-table',
    `${path} names no ${what} in line ${line}: fill it in, or remove the line.`,
  );
