/** Differentiable augmentation pixel by pixel in float64, from the numbers that a step draws. */
import type { AugmentationOperation } from '../../sidecar/config/resolved-config.ts';
import { mean, sum } from './by-hand.ts';

/** Pixel values of one image: [row][column][channel]. */
type Image = number[][][];

export interface Size {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Uniform numbers that an operation draws for each image. */
export const drawn: Readonly<Record<AugmentationOperation, number>> = { color: 6, translation: 3, cutout: 3 };

function color(image: Image, [ub, us, uk, chanceB, chanceS, chanceK]: readonly number[], p: number): Image {
  const colors = Math.min(3, image[0]![0]!.length);
  const each = (change: (pixel: number[]) => (x: number) => number) => {
    image = image.map((row) =>
      row.map((pixel) => {
        const changed = change(pixel.slice(0, colors));
        return pixel.map((x, channel) => (channel < colors ? changed(x) : x));
      }),
    );
  };
  if (chanceB! < p) each(() => (x) => x + ub! - 0.5);
  if (chanceS! < p) each((pixel) => (x) => (x - mean(pixel)) * 2 * us! + mean(pixel));
  if (chanceK! < p) {
    const middle = mean(image.flat().flatMap((pixel) => pixel.slice(0, colors)));
    each(() => (x) => (x - middle) * (uk! + 0.5) + middle);
  }
  return image;
}

function translation(image: Image, [chance, uy, ux]: readonly number[], p: number): Image {
  if (!(chance! < p)) return image;
  const distance = (u: number, length: number) => {
    const reach = Math.round(length / 8);
    return Math.floor(u * (2 * reach + 1)) - reach;
  };
  const [down, right] = [distance(uy!, image.length), distance(ux!, image[0]!.length)];
  return image.map((row, y) => row.map((pixel, x) => image[y - down]?.[x - right] ?? pixel.map(() => 0)));
}

function cutout(image: Image, [chance, uy, ux]: readonly number[], p: number): Image {
  if (!(chance! < p)) return image;
  /** Positions that the hole covers, its middle anywhere on the side. */
  const hole = (u: number, length: number) => {
    const size = Math.round(length / 2);
    const begin = Math.floor(u * (length + 1 - (size % 2))) - Math.floor(size / 2);
    return (at: number) => at >= begin && at < begin + size;
  };
  const [rows, columns] = [hole(uy!, image.length), hole(ux!, image[0]!.length)];
  return image.map((row, y) => row.map((pixel, x) => (rows(y) && columns(x) ? pixel.map(() => 0) : pixel)));
}

const operations = { color, translation, cutout };

/** `draws` are those of the operations in the order color, translation, cutout, [n][drawn]. */
export function augmentByHand(
  images: readonly number[],
  { height, width, channels }: Size,
  draws: Partial<Readonly<Record<AugmentationOperation, readonly (readonly number[])[]>>>,
  p: number,
): number[] {
  const size = height * width * channels;
  return Array.from({ length: images.length / size }, (_, n) => {
    const at = (y: number, x: number, channel: number) => images[n * size + (y * width + x) * channels + channel]!;
    const indices = (length: number) => [...Array(length).keys()];
    const image = indices(height).map((y) => indices(width).map((x) => indices(channels).map((c) => at(y, x, c))));
    return (['color', 'translation', 'cutout'] as const)
      .reduce((changed, name) => {
        const numbers = draws[name]?.[n];
        return numbers ? operations[name](changed, numbers, p) : changed;
      }, image)
      .flat(2);
  }).flat();
}

/** y = A·x + c for a function that is affine, A by its columns. */
export function affine(f: (x: readonly number[]) => readonly number[], size: number) {
  const zero = Array<number>(size).fill(0);
  const c = f(zero);
  const columns = zero.map((_, i) => f(zero.with(i, 1)).map((y, row) => y - c[row]!));
  return {
    /** Aᵀ·v */
    back: (v: readonly number[]) => columns.map((column) => sum(column.map((a, row) => a * v[row]!))),
    /** A·v */
    forth: (v: readonly number[]) => c.map((_, row) => sum(columns.map((column, i) => column[row]! * v[i]!))),
  };
}
