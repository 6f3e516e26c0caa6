/** A CSV file whose rows name image files, and their labels if there are any. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CsvError, parse } from 'csv-parse';
import { UserError } from '../../errors.ts';
import { explainFileError, statAs } from '../files.ts';
import { readHeaders } from './headers.ts';
import { fingerprint, identityOf } from './identity.ts';
import { classesOf, type ImageSource, type ScanOptions, spread } from './source.ts';
import { type ColumnNames, chooseColumns } from './table-columns.ts';
import { imageAt, pathTrouble } from './table-paths.ts';

/** Paths in the table are relative to its folder. */
export function csvSource(path: string, names: ColumnNames): ImageSource {
  const folder = dirname(path);
  let table: Promise<Table> | null = null;
  const read = (options: ScanOptions) => {
    table ??= readTable(path, names, options);
    return table;
  };
  return {
    name: path,
    async identity(options) {
      const files = (await read(options)).files.filter((name) => pathTrouble(name) === null);
      return `${fingerprint(path)} ${JSON.stringify(names)}\n${await identityOf(folder, files, options)}`;
    },
    async contents(options) {
      const { files, classes, bytes } = await read(options);
      const { labels = null, classNames = null } = classes ?? {};
      return { count: files.length, labels, classNames, bytes };
    },
    async headers(atMost, options) {
      const { files } = await read(options);
      const { shapes, unreadable } = await readHeaders(folder, spread(atMost, files.length), files, options);
      return { shapes, inputs: null, unreadable };
    },
    async *images(options) {
      for (const name of (await read(options)).files) yield imageAt(folder, name);
    },
  };
}

interface Table {
  readonly files: readonly string[];
  readonly classes: { readonly labels: Int32Array; readonly classNames: readonly string[] } | null;
  readonly bytes: number;
}

async function readTable(path: string, names: ColumnNames, { signal, progress }: ScanOptions): Promise<Table> {
  const { size } = await statAs('file', path);
  const source = createReadStream(path);
  const rows = parse({
    bom: true,
    delimiter: await delimiterOf(path),
    trim: true,
    skip_empty_lines: true,
    info: true,
  });
  source.on('error', (error) => rows.destroy(error));
  const files: string[] = [];
  const labels: string[] = [];
  let columns: { readonly image: number; readonly label: number } | null = null;
  try {
    for await (const { info, record } of source.pipe(rows) as AsyncIterable<Row>) {
      if (columns === null) {
        const chosen = chooseColumns(path, record, names);
        columns = { image: record.indexOf(chosen.image), label: record.indexOf(chosen.label ?? '') };
        if (chosen.label === null) columns = { ...columns, label: -1 };
        continue;
      }
      const file = record[columns.image]!;
      if (file === '') throw emptyCell(path, info.lines, 'image');
      files.push(file);
      if (columns.label >= 0) {
        const label = record[columns.label]!;
        if (label === '') throw emptyCell(path, info.lines, 'label');
        labels.push(label);
      }
      if (files.length % 4096 === 0) {
        signal?.throwIfAborted();
        progress?.(info.bytes, size, `Reading ${path}`);
      }
    }
  } catch (error) {
    if (error instanceof CsvError) throw badTable(path, error.message);
    throw explainFileError(error, path);
  } finally {
    source.destroy();
    rows.destroy();
  }
  if (files.length === 0) throw new UserError('data/empty-file', `${path} has no rows: add one for each image.`);
  return { files, classes: columns !== null && columns.label >= 0 ? classesOf(labels) : null, bytes: size };
}

interface Row {
  readonly record: string[];
  readonly info: { readonly lines: number; readonly bytes: number };
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
