/** An example as positions in raster order, which autoregressive models go through one by one. */

/** Rows and columns of positions, and values at each. */
export interface Raster {
  readonly height: number;
  readonly width: number;
  readonly values: number;
}

/** Of an image its pixels, with a value for each channel; of a row of numbers one position with all of them. */
export function rasterOf(example: readonly number[]): Raster {
  const values = example.at(-1) ?? 1;
  const [height = 1, width = 1] = example.slice(0, -1);
  return { height, width, values };
}
