/**
 * Lines of numbers, read byte by byte: a table of MNIST has 47 million cells, which takes the general
 * reader more than a minute.
 */
import { createReadStream } from 'node:fs';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { UserError } from '../../../terms/errors.ts';
import { printable } from '../../../terms/names.ts';
import { explainFileError } from '../../files.ts';
import type { ScanOptions } from '../source.ts';
import type { PixelRow } from './table-file.ts';

export interface CsvNumbers {
  readonly path: string;
  readonly delimiter: string;
  /** Before the first row. */
  readonly headerLines: number;
  readonly columns: number;
}

const [newline, carriageReturn, quote, zero, nine] = [10, 13, 34, 48, 57] as const;
const byteOrderMark = Buffer.from('\ufeff');

/** No line of numbers is longer: 256×256×3 of 20 characters. */
const LONGEST_LINE = 2 ** 22;

/** Digits that a number holds exactly. */
const EXACT_DIGITS = 15;

/** @param pixels the numbers of their columns, in order. @throws UserError if a line has other columns. */
export async function* csvPixels(
  file: CsvNumbers,
  pixels: readonly number[],
  options: ScanOptions,
): AsyncGenerator<PixelRow> {
  const place = new Int32Array(file.columns).fill(-1);
  for (const [to, from] of pixels.entries()) place[from] = to;
  for await (const { line, number } of linesOf(file, options)) {
    const values = new Float64Array(pixels.length);
    const found = line.includes(quote)
      ? quotedNumbers(cellsOf(file, line, number), place, values)
      : plainNumbers(line, file.delimiter.charCodeAt(0), place, values);
    if (found !== file.columns) throw otherColumns(file, number, found);
    yield { name: `line ${number}`, values };
  }
}

/** The cells of one column, without a look at the others. @throws UserError if one is empty. */
export async function csvColumn(file: CsvNumbers, column: number, options: ScanOptions): Promise<string[]> {
  const found: string[] = [];
  const delimiter = file.delimiter.charCodeAt(0);
  for await (const { line, number } of linesOf(file, options)) {
    const cell = line.includes(quote) ? cellsOf(file, line, number)[column] : cellAt(line, delimiter, column);
    if (cell === undefined) throw otherColumns(file, number, line.toString('latin1').split(file.delimiter).length);
    if (cell === '') {
      throw new UserError(
        'data/bad-label',
        `${file.path} names no label in line ${number}: fill it in, or remove the line.`,
        { subject: { path: file.path } },
      );
    }
    found.push(cell);
  }
  return found;
}

export async function countLines(file: CsvNumbers, options: ScanOptions): Promise<number> {
  let count = 0;
  for await (const _ of linesOf(file, options)) count++;
  return count;
}

interface Line {
  readonly line: Buffer;
  /** From 1. */
  readonly number: number;
}

/** Lines after the header, without their ends; empty ones are left out. */
async function* linesOf({ path, headerLines }: CsvNumbers, { signal }: ScanOptions): AsyncGenerator<Line> {
  const source = createReadStream(path, { highWaterMark: 2 ** 20 });
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  const taken = function* (bytes: Buffer, ended: boolean): Generator<Line> {
    let start = 0;
    while (start < bytes.length) {
      const found = bytes.indexOf(newline, start);
      if (found < 0 && !ended) break;
      const end = found < 0 ? bytes.length : found;
      const line = trimmed(bytes, start, end, number++ === 0);
      start = end + 1;
      if (number > headerLines && line.length > 0) yield { line, number };
    }
    rest = bytes.subarray(start);
    if (rest.length > LONGEST_LINE) throw badTable(path, `line ${number + 1} has no end`);
  };
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      yield* taken(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), false);
    }
    yield* taken(rest, true);
  } catch (error) {
    throw explainFileError(error, path);
  } finally {
    source.destroy();
  }
}

const isBlank = (byte: number | undefined) => byte === 32 || byte === 9 || byte === carriageReturn;

function trimmed(bytes: Buffer, start: number, end: number, isFirst: boolean): Buffer {
  let [from, to] = [start, end];
  if (isFirst && bytes.subarray(from, to).indexOf(byteOrderMark) === 0) from += byteOrderMark.length;
  if (bytes[to - 1] === carriageReturn) to--;
  let filled = from;
  while (filled < to && isBlank(bytes[filled])) filled++;
  return filled === to ? bytes.subarray(to, to) : bytes.subarray(from, to);
}

/** @returns how many cells there are. */
function plainNumbers(line: Buffer, delimiter: number, place: Int32Array, values: Float64Array): number {
  let cell = 0;
  let start = 0;
  while (start <= line.length) {
    const to = cell < place.length ? place[cell]! : -1;
    let at = start;
    let value = 0;
    while (at < line.length && line[at]! >= zero && line[at]! <= nine) value = 10 * value + line[at++]! - zero;
    const whole = at > start && at - start <= EXACT_DIGITS && (at === line.length || line[at] === delimiter);
    if (!whole) {
      const next = line.indexOf(delimiter, at);
      at = next < 0 ? line.length : next;
      if (to >= 0) value = numberOf(line.toString('latin1', start, at));
    }
    if (to >= 0) values[to] = value;
    cell++;
    start = at + 1;
  }
  return cell;
}

function quotedNumbers(cells: readonly string[], place: Int32Array, values: Float64Array): number {
  for (const [i, cell] of cells.entries()) {
    const to = i < place.length ? place[i]! : -1;
    if (to >= 0) values[to] = numberOf(cell);
  }
  return cells.length;
}

/** NaN for what is none. */
export function numberOf(text: string): number {
  const cell = text.trim();
  return cell === '' ? Number.NaN : Number(cell);
}

function cellAt(line: Buffer, delimiter: number, column: number): string | undefined {
  let start = 0;
  for (let cell = 0; cell < column; cell++) {
    const end = line.indexOf(delimiter, start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  const end = line.indexOf(delimiter, start);
  return line.toString('utf8', start, end < 0 ? line.length : end).trim();
}

function cellsOf({ path, delimiter }: CsvNumbers, line: Buffer, number: number): readonly string[] {
  try {
    const [cells = []] = parse(line, { delimiter, trim: true, relax_column_count: true }) as string[][];
    return cells;
  } catch (error) {
    if (error instanceof CsvError)
      throw badTable(path, `${error.message.replace(/ at line \d+.*/s, '')} in line ${number}`);
    throw error;
  }
}

export const badTable = (path: string, message: string) =>
  new UserError(
    'data/bad-table',
    `${path} is not a CSV table (${printable(message.split('\n', 1)[0]!)}): fix that line.`,
    { subject: { path } },
  );

const otherColumns = ({ path, columns }: CsvNumbers, line: number, found: number) =>
  badTable(path, `${found} columns in line ${line}, not ${columns}`);
