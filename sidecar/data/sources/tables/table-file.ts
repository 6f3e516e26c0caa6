/** What CSV and Parquet files have in common: a table is one of them, or several with the same columns. */
import { UserError } from '../../../errors.ts';
import type { ScanOptions } from '../source.ts';
import type { ImageColumns } from './columns.ts';

export interface TableFile {
  readonly path: string;
  /** On disk. */
  readonly bytes: number;
  readonly columns: readonly string[];
  /** The rows as images that are files, or content of files. */
  imageRows(columns: ImageColumns): ImageRows;
}

export interface ImageRows {
  count(options: ScanOptions): Promise<number>;
  /** One for each row; only where the columns name labels. @throws UserError if one is missing. */
  labels(options: ScanOptions): Promise<readonly string[]>;
  /** Paths as the cells give them, where the whole column is small; null where it holds the images. */
  paths(options: ScanOptions): Promise<readonly string[]> | null;
  /** A path as it is written, or an image file's content. @throws UserError if a cell is neither. */
  cells(options: ScanOptions): AsyncIterable<string | Uint8Array>;
}

export const noRows = (path: string): UserError =>
  new UserError('data/empty-file', `${path} has no rows: add one for each image.`);
