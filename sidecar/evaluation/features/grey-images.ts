/** Generated images of any size as the classifier takes them: grey, 28×28. */
import { CLASSIFIER_SIZE } from './image-classifier.ts';
import type { ImageSet } from './image-set.ts';

/**
 * Every channel as a grey image of its own, [n · channels, 28, 28, 1], channels innermost in the
 * order; resized by a triangle filter, as wide as a pixel of the coarser side (bilinear where it enlarges).
 */
export function toGreyImages({ pixels, size, channels }: ImageSet): Float32Array {
  if (size === CLASSIFIER_SIZE && channels === 1) return pixels;
  const taps = filter(size, CLASSIFIER_SIZE);
  const images = pixels.length / (size * size * channels);
  const target = CLASSIFIER_SIZE * CLASSIFIER_SIZE;
  const out = new Float32Array(images * channels * target);
  const columns = new Float32Array(size * CLASSIFIER_SIZE);
  for (let image = 0; image < images; image++) {
    for (let channel = 0; channel < channels; channel++) {
      const start = image * size * size * channels + channel;
      for (let row = 0; row < size; row++) {
        for (const [x, { first, weights }] of taps.entries()) {
          let sum = 0;
          for (const [i, weight] of weights.entries()) {
            sum += weight * pixels[start + (row * size + first + i) * channels]!;
          }
          columns[row * CLASSIFIER_SIZE + x] = sum;
        }
      }
      const to = (image * channels + channel) * target;
      for (const [y, { first, weights }] of taps.entries()) {
        for (let x = 0; x < CLASSIFIER_SIZE; x++) {
          let sum = 0;
          for (const [i, weight] of weights.entries()) sum += weight * columns[(first + i) * CLASSIFIER_SIZE + x]!;
          out[to + y * CLASSIFIER_SIZE + x] = sum;
        }
      }
    }
  }
  return out;
}

interface Taps {
  readonly first: number;
  /** They add up to 1. */
  readonly weights: readonly number[];
}

/** What each of `to` pixels takes of `from` pixels, with half-pixel centres. */
function filter(from: number, to: number): Taps[] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, at) => {
    const centre = (at + 0.5) * scale - 0.5;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(from - 1, Math.floor(centre + reach));
    const raw = Array.from({ length: last - first + 1 }, (_, i) =>
      Math.max(0, 1 - Math.abs(first + i - centre) / reach),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}
