/** Rows of numbers out of a Parquet file, whose columns lie one after the other. */
import { parquetScan, type SchemaElement } from 'hyparquet';
import type { ScanOptions } from '../source.ts';
import { compressors, explainParquetError, type OpenParquet } from './parquet-reader.ts';
import type { PixelRow } from './table-file.ts';

/** Numbers held at once: few to begin with, for an answer while someone types, then many. */
const FIRST_BLOCK = 2 ** 21;
const LATER_BLOCKS = 2 ** 25;

/** A scan takes its time to begin, and remembers all columns that it has read. */
const COLUMNS_AT_ONCE = 64;

const numberTypes: readonly (string | undefined)[] = ['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE'];

/** Dates are stored as whole numbers, but are none. */
export function isNumeric({
  type,
  converted_type,
  logical_type,
  repetition_type,
  num_children,
}: SchemaElement): boolean {
  if (num_children || repetition_type === 'REPEATED') return false;
  if (logical_type?.type === 'FLOAT16') return true;
  const isTime = /DATE|TIME/.test(`${converted_type ?? ''} ${logical_type?.type ?? ''}`);
  return numberTypes.includes(type) && !isTime;
}

/** @param pixels names of their columns, in order. */
export async function* parquetPixels(
  table: OpenParquet,
  pixels: readonly string[],
  { signal }: ScanOptions,
): AsyncGenerator<PixelRow> {
  let groupStart = 0;
  let numbers = FIRST_BLOCK;
  for (const group of table.metadata.row_groups) {
    const groupEnd = groupStart + Number(group.num_rows);
    let start = groupStart;
    while (start < groupEnd) {
      const end = Math.min(groupEnd, start + Math.max(1, Math.floor(numbers / pixels.length)));
      const block = await readBlock(table, pixels, start, end, signal);
      for (let row = start; row < end; row++) {
        const at = (row - start) * pixels.length;
        yield { name: `row ${row}`, values: block.slice(at, at + pixels.length) };
      }
      start = end;
      numbers = LATER_BLOCKS;
    }
    groupStart = groupEnd;
  }
}

/** [rows, pixels]. */
async function readBlock(
  { path, file, metadata }: OpenParquet,
  pixels: readonly string[],
  rowStart: number,
  rowEnd: number,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const block = new Float32Array((rowEnd - rowStart) * pixels.length);
  for (let first = 0; first < pixels.length; first += COLUMNS_AT_ONCE) {
    const columns = pixels.slice(first, first + COLUMNS_AT_ONCE);
    try {
      const scan = await parquetScan({ file, metadata, columns: [...columns], compressors });
      for (const [i, column] of columns.entries()) {
        signal?.throwIfAborted();
        const values = await scan.readColumn({ column, rowStart, rowEnd });
        for (let row = 0; row < values.length; row++) {
          block[row * pixels.length + first + i] = numberOf(values[row]);
        }
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw explainParquetError(error, path);
    }
  }
  return block;
}

const numberOf = (value: unknown) => (value === null || value === undefined ? Number.NaN : Number(value));
