/** What a format whose images are numbers has to tell of them. */
import type { Contents, ScanOptions } from '../source.ts';
import type { NumberLayout } from './layout.ts';
import type { Values } from './values.ts';

export interface NumberImage {
  /** For messages. */
  readonly name: string;
  readonly values: Values;
  /** Why its values could not be had. */
  readonly damage?: string;
}

/** What a format has to know; `numberSource` does the rest. */
export interface NumberImages {
  /** The path that people know it by. */
  readonly name: string;
  /** What mends values that are no numbers. */
  readonly remedy: string;
  /** Text that changes whenever the numbers may have changed. */
  identity(): Promise<string>;
  /** Count, labels and size, with the layout of each image. */
  about(options: ScanOptions): Promise<NumberContents>;
  /** Every image, in the order of the labels. */
  values(options: ScanOptions): AsyncIterable<NumberImage>;
  /** In a few words: that value `index` of an image is this and no number. */
  faultAt(index: number, value: number, layout: NumberLayout): string;
}

export interface NumberContents extends Pick<Contents, 'count' | 'labels' | 'classNames' | 'bytes'> {
  readonly layout: NumberLayout;
  /** Whether values are stored as bytes. */
  readonly asBytes: boolean;
}
