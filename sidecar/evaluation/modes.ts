/** Modes of stacked MNIST: three digits, one a channel, make 1,000 classes (Che et al. 2017; Metz et al. 2017). */
import { classShares, klDivergence } from './histogram.ts';

export interface Modes {
  /** Modes that at least one image shows. */
  readonly found: number;
  readonly all: number;
  /** KL divergence of the images' modes from equal shares, in nats. */
  readonly divergence: number;
}

/** @param digits class of each channel of each image, [n, channels] row major. */
export function countModes(digits: ArrayLike<number>, channels: number, classes: number): Modes {
  const count = digits.length / channels;
  if (!Number.isInteger(count)) throw new RangeError(`${digits.length} digits are no images of ${channels} channels`);
  const all = classes ** channels;
  const modes = new Int32Array(count);
  for (let i = 0; i < digits.length; i++) {
    const image = Math.floor(i / channels);
    modes[image] = modes[image]! * classes + digits[i]!;
  }
  const shares = classShares(modes, all);
  const uniform = new Float64Array(all).fill(1 / all);
  return { found: shares.filter((share) => share > 0).length, all, divergence: klDivergence(shares, uniform) };
}
