/** A CSV file: its first line names the columns, unless it is all numbers. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CsvError, type Options, parse } from 'csv-parse';
import { UserError } from '../../../terms/errors.ts';
import { explainFileError, statAs } from '../../files.ts';
import type { ScanOptions } from '../source.ts';
import type { ImageColumns, PixelColumns } from './chosen-columns.ts';
import { badTable, countLines, csvColumn, csvPixels, numberOf } from './csv-pixels.ts';
import { type ImageRows, noRows, type PixelRows, type TableFile } from './table-file.ts';

/** @throws UserError if the file is absent or empty. */
export async function openCsv(path: string): Promise<TableFile> {
  const { size: bytes } = await statAs('file', path);
  const delimiter = await delimiterOf(path);
  const rows: Row[] = [];
  for await (const row of rowsOf(path, { delimiter, to: 2 })) rows.push(row);
  const [first, second] = rows;
  if (first === undefined) throw noRows(path);
  const hasHeader = !first.record.every(isNumber) || isCount(first.record);
  const columns = hasHeader ? first.record : first.record.map((_, i) => String(i));
  const sample = hasHeader ? second?.record : first.record;
  const file = { path, bytes, columns, delimiter };
  return {
    path,
    bytes,
    columns,
    hasHeader,
    classes: hasHeader ? null : await classColumn(path, delimiter),
    numeric: columns.map((_, i) => sample === undefined || mayBeNumber(sample[i]!)),
    imageRows: (chosen) => imageRows(file, chosen),
    pixelRows: (chosen) => pixelRows(file, hasHeader ? first.info.lines : 0, chosen),
  };
}

/** Rows that show what a column holds, and classes that are likely among them. */
const ROWS_SEEN = 64;
const MOST_CLASSES = 64;

/** The first or the last column, if that one alone looks like numbers of classes: at a picture's corners few differ. */
async function classColumn(path: string, delimiter: string): Promise<string | null> {
  const ends: [string[], string[]] = [[], []];
  let last = 0;
  for await (const { record } of rowsOf(path, { delimiter, to: ROWS_SEEN, relax_column_count: true })) {
    last = record.length - 1;
    ends[0].push(record[0]!);
    ends[1].push(record[last]!);
  }
  const [first, final] = ends.map((cells) => {
    const different = [...new Set(cells)];
    const counted = different.every((cell) => /^\d+$/.test(cell) && Number(cell) < MOST_CLASSES);
    return counted && different.length > 1 && different.some((cell) => Number(cell) <= 1);
  });
  return first === final ? null : String(first ? 0 : last);
}

const isNumber = (cell: string) => Number.isFinite(numberOf(cell));
const mayBeNumber = (cell: string) => isNumber(cell) || /^([+-]?inf(inity)?|nan|na|null|none|)$/i.test(cell);

/** 0, 1, 2 … or 1, 2, 3 …: names of columns that have no others. */
const isCount = (cells: readonly string[]) => {
  const first = Number(cells[0]);
  return cells.length > 1 && (first === 0 || first === 1) && cells.every((cell, i) => cell === String(first + i));
};

function pixelRows({ path, delimiter, columns }: CsvFile, headerLines: number, chosen: PixelColumns): PixelRows {
  const file = { path, delimiter, headerLines, columns: columns.length };
  const label = chosen.label === null ? -1 : columns.indexOf(chosen.label);
  const places = new Map(columns.map((name, place) => [name, place]));
  const pixels = chosen.pixels.map((name) => places.get(name)!);
  return {
    count: (options) => countLines(file, options),
    labels: (options) => csvColumn(file, label, options),
    values: (options) => csvPixels(file, pixels, options),
  };
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

const emptyCell = (path: string, line: number, what: 'image' | 'label') =>
  new UserError(
    what === 'label' ? 'data/bad-label' : 'data/bad-table',
    `${path} names no ${what} in line ${line}: fill it in, or remove the line.`,
    { subject: { path } },
  );
