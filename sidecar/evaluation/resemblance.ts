/** How near images are to each other and to the training set, for datasets without classes. */

/** Images [n, size, size, channels] in [−1, 1]; the fourth channel, if there is one, is alpha. */
export interface ImageSet {
  readonly pixels: Float32Array;
  readonly size: number;
  readonly channels: number;
}

export interface Resemblance {
  /** Smallest distance of two different images of the set. */
  readonly closestPair: number;
  /** Pairs that are nearer than `REPEATED`. */
  readonly repeated: number;
}

/**
 * Two images whose distance is below this count as one that comes twice. Icons that a person takes
 * for two versions of one are that near to each other; among all 3,926 icons of the benchmark one in
 * twenty has such a neighbour, among 64 of them none.
 */
export const REPEATED = 0.07;

/** Compares every image with every other one. @throws RangeError for fewer than two images. */
export function resemblanceWithin(images: ImageSet): Resemblance {
  const seen = asSeen(images);
  if (seen.length < 2) throw new RangeError('one image has no other to compare with');
  let closestPair = Number.POSITIVE_INFINITY;
  let repeated = 0;
  for (const [i, image] of seen.entries()) {
    for (const other of seen.slice(i + 1)) {
      const apart = distance(image, other);
      closestPair = Math.min(closestPair, apart);
      repeated += Number(apart < REPEATED);
    }
  }
  return { closestPair, repeated };
}

/** Distance of each image to the nearest one of `training`, [n]. */
export function nearestDistances(images: ImageSet, training: ImageSet): Float64Array {
  return nearest(images, training, () => true);
}

/** The same without images of `training` that are equal: of the training set's own images, the distance to another one. */
export function nearestOtherDistances(images: ImageSet, training: ImageSet): Float64Array {
  return nearest(images, training, (apart) => apart > 0);
}

function nearest(images: ImageSet, training: ImageSet, counts: (apart: number) => boolean): Float64Array {
  const all = asSeen(training);
  return Float64Array.from(asSeen(images), (image) => {
    const distances = all.map((other) => distance(image, other)).filter(counts);
    return distances.reduce((least, apart) => Math.min(least, apart), Number.POSITIVE_INFINITY);
  });
}

/** Root mean square difference, as a share of the range. */
function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum / a.length);
}

/** Each image with values in [0, 1], colours times alpha: what cannot be seen counts nothing. */
function asSeen({ pixels, size, channels }: ImageSet): Float32Array[] {
  const length = size * size * channels;
  const count = pixels.length / length;
  if (!Number.isInteger(count)) throw new RangeError(`${pixels.length} numbers are no images of ${length}`);
  return Array.from({ length: count }, (_, at) => {
    const image = pixels.slice(at * length, (at + 1) * length).map((x) => (Math.min(1, Math.max(-1, x)) + 1) / 2);
    if (channels !== 4) return image;
    for (let i = 0; i < length; i++) if (i % 4 !== 3) image[i]! *= image[i - (i % 4) + 3]!;
    return image;
  });
}
