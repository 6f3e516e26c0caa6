/** Which columns of a table are read. */
import type { NumberLayout } from '../numbers/layout.ts';

/** Of a table whose images are files. */
export interface ImageColumns {
  readonly image: string;
  readonly label: string | null;
}

/** Of a table with a column for each pixel. */
export interface PixelColumns {
  /** In the order of the table. */
  readonly pixels: readonly string[];
  readonly label: string | null;
  readonly layout: NumberLayout;
}
