/** Points in the plane from a CSV file: two columns of numbers, and one of labels if there is any. */
import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { UserError } from '../../../terms/errors.ts';
import { explainFileError, statAs } from '../../files.ts';
import { classesOf, type ScanOptions } from '../source.ts';

export interface PointTable {
  /** x and y of one point after the other. */
  readonly points: Float64Array;
  readonly labels: Int32Array | null;
  /** In label order; null without labels. */
  readonly classNames: readonly string[] | null;
  /** What −1 and 1 stand for in x and in y: the smallest and the largest number with some room around them. */
  readonly ranges: readonly (readonly [low: number, high: number])[];
  readonly bytes: number;
}

/** Room on each side, as a share of the span. */
const ROOM = 0.1;

/** @throws UserError where the file is not such a table. */
export async function readPoints(path: string, { signal, progress }: ScanOptions): Promise<PointTable> {
  const { size: bytes } = await statAs('file', path);
  const source = createReadStream(path);
  const rows = parse({ bom: true, delimiter: [',', ';', '\t'], trim: true, skip_empty_lines: true, info: true });
  source.on('error', (error) => rows.destroy(error));
  const numbers: number[] = [];
  const labels: string[] = [];
  let columns: Columns | null = null;
  let isFirst = true;
  try {
    for await (const { info, record } of source.pipe(rows) as AsyncIterable<Row>) {
      const isHeader = isFirst && record.filter(isNumber).length < 2;
      isFirst = false;
      if (isHeader) continue;
      columns ??= columnsOf(path, record);
      for (const at of columns.numbers) numbers.push(numberIn(path, record, at, info.lines));
      if (columns.label !== null) labels.push(labelIn(path, record, columns.label, info.lines));
      if (numbers.length % 8192 === 0) {
        signal?.throwIfAborted();
        progress?.(info.bytes, bytes, `Reading ${path}`);
      }
    }
  } catch (error) {
    if (error instanceof CsvError) {
      throw new UserError(
        'data/bad-table',
        `${path} is not a CSV table (${firstLine(error.message)}): fix that line.`,
        { subject: { path } },
      );
    }
    throw explainFileError(error, path);
  } finally {
    source.destroy();
    rows.destroy();
  }
  if (columns === null)
    throw new UserError('data/empty-file', `${path} has no rows: add one for each point.`, { subject: { path } });
  const points = Float64Array.from(numbers);
  const classes = columns.label === null ? null : classesOf(labels);
  return {
    points,
    labels: classes?.labels ?? null,
    classNames: classes?.classNames ?? null,
    ranges: [rangeOf(points, 0), rangeOf(points, 1)],
    bytes,
  };
}

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number; readonly bytes: number };
}

interface Columns {
  readonly numbers: readonly [number, number];
  readonly label: number | null;
}

const isNumber = (cell: string): boolean => cell !== '' && Number.isFinite(Number(cell));

/** The first two columns are the point, a third is its label. */
function columnsOf(path: string, record: readonly string[]): Columns {
  if (record.length === 2 || record.length === 3) return { numbers: [0, 1], label: record.length === 3 ? 2 : null };
  throw new UserError(
    'data/bad-table',
    `${path} has ${record.length} columns: points have two columns of numbers and, if they have labels, a third for those.`,
    { subject: { path } },
  );
}

function numberIn(path: string, record: readonly string[], at: number, line: number): number {
  const cell = record[at] ?? '';
  if (isNumber(cell)) return Number(cell);
  throw new UserError(
    'data/bad-table',
    `${path} has ${JSON.stringify(cell.slice(0, 40))} in line ${line}, column ${at + 1}, which is not a number: correct it, or remove the line.`,
    { subject: { path } },
  );
}

function labelIn(path: string, record: readonly string[], at: number, line: number): string {
  const label = record[at] ?? '';
  if (label !== '') return label;
  throw new UserError('data/bad-label', `${path} names no label in line ${line}: fill it in, or remove the line.`, {
    subject: { path },
  });
}

/** `axis` 0 is x. Equal numbers get a range of one unit. */
function rangeOf(points: Float64Array, axis: number): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = axis; at < points.length; at += 2) {
    low = Math.min(low, points[at] ?? low);
    high = Math.max(high, points[at] ?? high);
  }
  const room = high > low ? ROOM * (high - low) : 0.5;
  return [low - room, high + room];
}

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? '';
