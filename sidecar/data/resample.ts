/**
 * Antialiased resizing of small grey images in memory: a separable triangle filter that widens
 * with the scale when shrinking (bilinear when growing).
 */
import type { ResizeRule } from './shape.ts';

/** One axis: for each output pixel the first source pixel, how many there are, and their weights one after another. */
interface Axis {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Float32Array;
}

/**
 * A function that maps [height, width] bytes to [size, size] bytes by the rule: "crop" takes the
 * centre square, "pad" keeps everything on black, "stretch" fills; "refuse" has been refused before.
 */
export function greyResampler(
  width: number,
  height: number,
  size: number,
  rule: ResizeRule,
): (source: Uint8Array) => Uint8Array {
  if (width === size && height === size) return (source) => source;
  const side = Math.min(width, height);
  const scale = size / Math.max(width, height);
  const plan = (length: number) => {
    if (rule === 'crop') return { axis: axis((length - side) / 2, side, length, size), start: 0 };
    if (rule === 'stretch') return { axis: axis(0, length, length, size), start: 0 };
    const span = Math.max(1, Math.round(length * scale));
    return { axis: axis(0, length, length, span), start: (size - span) >> 1 };
  };
  const across = plan(width);
  const down = plan(height);
  const rows = new Float32Array(height * size);
  return (source) => {
    for (let y = 0; y < height; y++) {
      gather(source, y * width, 1, across.axis, rows, y * size + across.start, 1);
    }
    const out = new Float32Array(size * size);
    for (let x = 0; x < size; x++) gather(rows, x, size, down.axis, out, down.start * size + x, size);
    const bytes = new Uint8Array(out.length);
    for (let i = 0; i < out.length; i++) bytes[i] = Math.round(out[i]!);
    return bytes;
  };
}

/** Weighted sums along one line, whose pixels lie `step` apart. */
function gather(
  source: Uint8Array | Float32Array,
  start: number,
  step: number,
  { first, count, weights }: Axis,
  into: Float32Array,
  intoStart: number,
  intoStep: number,
): void {
  let weight = 0;
  for (let i = 0; i < first.length; i++) {
    let sum = 0;
    let from = start + first[i]! * step;
    for (let k = 0; k < count[i]!; k++) {
      sum += weights[weight++]! * source[from]!;
      from += step;
    }
    into[intoStart + i * intoStep] = sum;
  }
}

function axis(start: number, span: number, length: number, outputs: number): Axis {
  const scale = span / outputs;
  const radius = Math.max(1, scale);
  const taps = Array.from({ length: outputs }, (_, i) => {
    const centre = start + (i + 0.5) * scale;
    const first = Math.max(0, Math.ceil(centre - radius - 0.5));
    const last = Math.min(length - 1, Math.floor(centre + radius - 0.5));
    const weights = Array.from({ length: last - first + 1 }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / radius),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: weights.map((weight) => weight / total) };
  });
  return {
    first: Int32Array.from(taps, ({ first }) => first),
    count: Int32Array.from(taps, ({ weights }) => weights.length),
    weights: Float32Array.from(taps.flatMap(({ weights }) => weights)),
  };
}
