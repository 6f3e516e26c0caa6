/** Images as sets, and their pixels as features. */
import type { Features } from '../metric.ts';

/** Images [n, size, size, channels] in [−1, 1]; the fourth channel, if there is one, is alpha. */
export interface ImageSet {
  readonly pixels: Float32Array;
  readonly size: number;
  readonly channels: number;
}

/** Images that a model made. */
export interface GeneratedImages extends ImageSet {
  /** The class that was asked for, [n]; null for a model that is not told one. */
  readonly labels: Int32Array | null;
}

/** How many images there are. @throws RangeError for a number of pixels that is not whole images. */
export function imagesIn({ pixels, size, channels }: ImageSet): number {
  const length = size * size * channels;
  const count = pixels.length / length;
  if (!Number.isInteger(count)) throw new RangeError(`${pixels.length} numbers are not images of ${length}`);
  return count;
}

/** A row for each image, values in [0, 1], colours times alpha: what cannot be seen counts nothing. */
export function seenPixels(images: ImageSet): Features {
  const dimensions = images.size * images.size * images.channels;
  imagesIn(images);
  const values = images.pixels.map((x) => (Math.min(1, Math.max(-1, x)) + 1) / 2);
  if (images.channels === 4) {
    for (let i = 0; i < values.length; i++) if (i % 4 !== 3) values[i]! *= values[i - (i % 4) + 3]!;
  }
  return { values, dimensions };
}
