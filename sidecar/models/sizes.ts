/** Image sizes that networks of doublings can make. */
import { LARGEST_IMAGE } from '../terms/image-size.ts';

/** A map that is doubled `doublings` times to become the image. */
export interface Doubling {
  /** Height and width of the first map, in pixels. */
  readonly start: number;
  readonly doublings: number;
}

const SMALLEST = 16;
const SMALLEST_START = 4;

/** The doublings from a map of 4 to 7 pixels, for images of 16 to 256; null where there are none. */
export function doublingTo(imageSize: number): Doubling | null {
  if (imageSize < SMALLEST || imageSize > LARGEST_IMAGE) return null;
  const doublings = Math.floor(Math.log2(imageSize / SMALLEST_START));
  const start = imageSize / 2 ** doublings;
  return Number.isInteger(start) ? { start, doublings } : null;
}

/** As `doublingTo`, of a size that the architecture did not refuse; throws RangeError for others. */
export function doublingsOf(imageSize: number): Doubling {
  const found = doublingTo(imageSize);
  if (!found) throw new RangeError(`no map of 4 to 7 pixels doubles to ${imageSize}`);
  return found;
}

/** 16, 20, 24, 28, 32, 40, … 256. */
export const doubledSizes: readonly number[] = Array.from(
  { length: LARGEST_IMAGE - SMALLEST + 1 },
  (_, i) => SMALLEST + i,
).filter((size) => doublingTo(size) !== null);

/** The size nearest to the asked one; of two, the smaller. */
export const nearestOf = (sizes: readonly number[], asked: number): number =>
  sizes.reduce((best, size) => (Math.abs(size - asked) < Math.abs(best - asked) ? size : best));

/** The multiple of `factor` from `smallest` to `largest` nearest to the asked size. */
export const nearestMultiple = (asked: number, factor: number, smallest = factor, largest = LARGEST_IMAGE): number => {
  const low = Math.ceil(smallest / factor) * factor;
  const high = Math.floor(largest / factor) * factor;
  return Math.min(high, Math.max(low, Math.round(asked / factor) * factor));
};

/** Whether self-attention belongs at maps of `size` pixels, of all those that a network has: the one nearest to 16. */
export const attendsAt = (size: number, sizes: readonly number[]): boolean => size === nearestOf(sizes, 16);

/** Of networks that make the image by doubling a map of 4 to 7 pixels: says why a size is none of theirs, or null. */
export const doubledSizesOnly =
  (name: string) =>
  ({ imageSize }: { readonly imageSize: number }): string | null =>
    doublingTo(imageSize) !== null
      ? null
      : `${name} doubles a map of 4 to 7 pixels and so makes images of ${doubledSizes.join(', ')} pixels; ${imageSize} is none of them`;
