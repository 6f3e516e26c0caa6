/**
 * Antialiased resizing of small grey images in memory: a separable triangle filter that widens
 * with the scale when shrinking (bilinear when growing).
 */
import type { ResizeRule } from './shape.ts';

/** For each output pixel of one axis: the first source pixel and the weights from there on. */
type Axis = readonly { readonly first: number; readonly weights: Float32Array }[];

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
    if (rule === 'crop') return { ...axis((length - side) / 2, side, length, size), start: 0 };
    if (rule === 'stretch') return { ...axis(0, length, length, size), start: 0 };
    const span = Math.max(1, Math.round(length * scale));
    return { ...axis(0, length, length, span), start: (size - span) >> 1 };
  };
  const across = plan(width);
  const down = plan(height);
  const rows = new Float32Array(height * size);
  return (source) => {
    for (let y = 0; y < height; y++) {
      across.axis.forEach(({ first, weights }, x) => {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) sum += weights[k]! * source[y * width + first + k]!;
        rows[y * size + across.start + x] = sum;
      });
    }
    const out = new Uint8Array(size * size);
    down.axis.forEach(({ first, weights }, y) => {
      for (let x = 0; x < size; x++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) sum += weights[k]! * rows[(first + k) * size + x]!;
        out[(down.start + y) * size + x] = Math.round(sum);
      }
    });
    return out;
  };
}

function axis(start: number, span: number, length: number, outputs: number): { axis: Axis } {
  const scale = span / outputs;
  const radius = Math.max(1, scale);
  return {
    axis: Array.from({ length: outputs }, (_, i) => {
      const centre = start + (i + 0.5) * scale;
      const first = Math.max(0, Math.ceil(centre - radius - 0.5));
      const last = Math.min(length - 1, Math.floor(centre + radius - 0.5));
      const weights = Float32Array.from({ length: last - first + 1 }, (_, k) =>
        Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / radius),
      );
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return { first, weights: weights.map((weight) => weight / total) };
    }),
  };
}
