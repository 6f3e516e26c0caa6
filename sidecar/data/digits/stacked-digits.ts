/**
 * Stacked MNIST (Metz et al. 2017, "Unrolled GANs"): three digits drawn at random as the red, green and
 * blue of one image, so that 1,000 modes can be counted. 128,000 images, as in Lin et al. 2018 (PacGAN).
 */
import { UserError } from '../../terms/errors.ts';
import { hash } from '../permutation.ts';
import { type DataConfig, type DeliveredShape, deliveredShape, uniformShapes } from '../shape.ts';

export const stackedCount = 128_000;

/** Class 100a + 10b + c shows a in red, b in green and c in blue. */
export const stackedClassNames: readonly string[] = Array.from({ length: 1000 }, (_, mode) =>
  String(mode).padStart(3, '0'),
);

/** @param side of MNIST's images. @throws UserError if other channels than 3 are asked for. */
export function stackedShape(side: number, data: DataConfig): DeliveredShape {
  if (data.channels !== null && data.channels !== 3) {
    throw new UserError(
      'data/channels',
      `stacked-mnist has a digit in each of 3 channels, and data.channels is ${data.channels}: leave it out.`,
    );
  }
  return deliveredShape(
    'stacked-mnist',
    uniformShapes({ file: 'MNIST', width: side, height: side, channels: 3 }),
    data,
  );
}

/** Which three of `count` digits image `index` shows; always the same. */
export function stackedDigits(index: number, count: number): [red: number, green: number, blue: number] {
  const digit = (channel: number) => hash(index, channel, 0x57ac) % count;
  return [digit(0), digit(1), digit(2)];
}

/** The class of every stacked image. @param digits the class of each single digit */
export function stackedLabels(digits: ArrayLike<number>): Int32Array {
  return Int32Array.from({ length: stackedCount }, (_, index) => {
    const [red, green, blue] = stackedDigits(index, digits.length);
    return 100 * digits[red]! + 10 * digits[green]! + digits[blue]!;
  });
}
