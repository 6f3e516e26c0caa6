/** What CSV and Parquet files have in common: a table is one of them, or several with the same columns. */
import { UserError } from '../../../terms/errors.ts';
import type { ScanOptions } from '../source.ts';
import type { ImageColumns, PixelColumns } from './chosen-columns.ts';

export interface TableFile {
  readonly path: string;
  /** On disk. */
  readonly bytes: number;
  readonly columns: readonly string[];
  /** Whether the file names its columns; else their names are their numbers, from 0 on. */
  readonly hasHeader: boolean;
  /** The column that must be the label if one has to be; null where nothing tells. */
  readonly classes: string | null;
  /** Of each column, whether it holds numbers, as far as the beginning of the file tells. */
  readonly numeric: readonly boolean[];
  /** The rows as images that are files, or content of files. */
  imageRows(columns: ImageColumns): ImageRows;
  /** The rows as images that are numbers. */
  pixelRows(columns: PixelColumns): PixelRows;
}

interface Rows {
  count(options: ScanOptions): Promise<number>;
  /** One for each row; only where the columns name labels. @throws UserError if one is missing. */
  labels(options: ScanOptions): Promise<readonly string[]>;
}

export interface ImageRows extends Rows {
  /** Paths as the cells give them, where the whole column is small; null where it holds the images. */
  paths(options: ScanOptions): Promise<readonly string[]> | null;
  /** A path as it is written, or an image file's content. @throws UserError if a cell is neither. */
  cells(options: ScanOptions): AsyncIterable<string | Uint8Array>;
}

export interface PixelRows extends Rows {
  /** What is no number is NaN. */
  values(options: ScanOptions): AsyncIterable<PixelRow>;
}

export interface PixelRow {
  /** "line 5" or "row 3". */
  readonly name: string;
  readonly values: Float32Array | Float64Array;
}

export const noRows = (path: string): UserError =>
  new UserError('data/empty-file', `${path} has no rows: add one for each image.`, { subject: { path } });
