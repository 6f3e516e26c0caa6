/** Changes to an image that keep its label, decided by one number. */
import { hash } from '../permutation.ts';

export interface Variation {
  readonly flip: boolean;
  /** Pixels to the right and down. */
  readonly dx: number;
  readonly dy: number;
}

export function variationOf(key: number, augment: { readonly flip: boolean; readonly shift: number }): Variation {
  const places = 2 * augment.shift + 1;
  const move = (use: number) => (hash(key, use) % places) - augment.shift;
  return { flip: augment.flip && hash(key, 1) < 2 ** 31, dx: move(2), dy: move(3) };
}

const unit = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);

/**
 * Writes [size, size, channels] bytes as float32 in [-1, 1] to `out`, mirrored first and moved then;
 * what comes in at a border repeats the border's pixels.
 */
export function writePixels(
  bytes: Uint8Array,
  size: number,
  channels: number,
  variation: Variation | null,
  out: Float32Array,
): void {
  if (variation === null) {
    for (let i = 0; i < out.length; i++) out[i] = unit[bytes[i]!]!;
    return;
  }
  const { flip, dx, dy } = variation;
  const last = size - 1;
  const columns = Int32Array.from({ length: size }, (_, x) => {
    const moved = Math.min(last, Math.max(0, x - dx));
    return (flip ? last - moved : moved) * channels;
  });
  let next = 0;
  for (let y = 0; y < size; y++) {
    const row = Math.min(last, Math.max(0, y - dy)) * size * channels;
    for (let x = 0; x < size; x++) {
      const from = row + columns[x]!;
      for (let channel = 0; channel < channels; channel++) out[next++] = unit[bytes[from + channel]!]!;
    }
  }
}
