/**
 * Windows that slide over images or volumes, in any number of dimensions: what pooling, depthwise
 * and three-dimensional convolution have in common. Pixels are contiguous (channels last).
 */
import { reduce } from './arithmetic.ts';
import { concat, gather, reshape } from './layout.ts';
import { constant, keyedConstant, splat } from './record.ts';
import type { Value } from './value.ts';

/** Lengths along each dimension of space, in pixels; `before` is the padding in front. */
export interface Windows {
  readonly batch: number;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly before: readonly number[];
}

export const product = (lengths: readonly number[]): number => lengths.reduce((size, length) => size * length, 1);

/** Pixels of the input, of the output, and positions in a window. */
export const sizesOf = ({ input, output, kernel }: Windows) => ({
  pixels: product(input),
  outPixels: product(output),
  taps: product(kernel),
});

const keyOf = ({ input, output, kernel, strides, dilations, before }: Windows): string =>
  [input, output, kernel, strides, dilations, before].join(';');

/** For each output position and each position in its window, the input pixel there, or `outside`. */
export function windowIndices(w: Windows, outside: number): Int32Array {
  const dimensions = w.input.length;
  // Along one dimension first: [output, kernel] → coordinate, or −1.
  const along = w.input.map((length, d) => {
    const table = new Int32Array(w.output[d]! * w.kernel[d]!);
    for (let at = 0; at < w.output[d]!; at += 1) {
      for (let tap = 0; tap < w.kernel[d]!; tap += 1) {
        const position = at * w.strides[d]! - w.before[d]! + tap * w.dilations[d]!;
        table[at * w.kernel[d]! + tap] = position >= 0 && position < length ? position : -1;
      }
    }
    return table;
  });
  const { outPixels, taps } = sizesOf(w);
  const indices = new Int32Array(outPixels * taps);
  for (let index = 0; index < indices.length; index += 1) {
    let [rest, restTap] = [Math.floor(index / taps), index % taps];
    let [pixel, scale] = [0, 1];
    for (let d = dimensions - 1; d >= 0; d -= 1) {
      const [output, kernel] = [w.output[d]!, w.kernel[d]!];
      const position = along[d]![(rest % output) * kernel + (restTap % kernel)]!;
      if (position < 0) {
        pixel = -1;
        break;
      }
      pixel += position * scale;
      scale *= w.input[d]!;
      rest = Math.floor(rest / output);
      restTap = Math.floor(restTap / kernel);
    }
    indices[index] = pixel < 0 ? outside : pixel;
  }
  return indices;
}

/** Made once per trace for each geometry. */
export function indexTable(w: Windows): Value {
  const { pixels, outPixels, taps } = sizesOf(w);
  return keyedConstant(`windows ${keyOf(w)}`, () => constant('int32', [outPixels * taps], windowIndices(w, pixels)));
}

/** Rows of `pixels` [batch, pixels, channels] at `indices`; the index past the last reads `fill`. */
function gatherPixels(pixels: Value, indices: Value, padded: boolean, fill: number): Value {
  const [batch, , channels] = pixels.shape as [number, number, number];
  const source = padded ? concat([pixels, splat(pixels.type, [batch, 1, channels], fill)], 1) : pixels;
  return gather(source, indices, 1);
}

/** Whether some window reaches over the border. */
function isPadded(w: Windows): boolean {
  return w.input.some((length, d) => {
    const last = (w.output[d]! - 1) * w.strides[d]! - w.before[d]! + (w.kernel[d]! - 1) * w.dilations[d]!;
    return w.before[d]! > 0 || last >= length;
  });
}

/** What lies under each window of x [batch, …input, channels]: [batch, outPixels, taps, channels]. */
export function windows(x: Value, w: Windows, fill: number): Value {
  const channels = x.shape.at(-1)!;
  const { pixels, outPixels, taps } = sizesOf(w);
  const picked = gatherPixels(reshape(x, [w.batch, pixels, channels]), indexTable(w), isPadded(w), fill);
  return reshape(picked, [w.batch, outPixels, taps, channels]);
}

/** For each input pixel, the (output position, tap) pairs that reach it, padded to equal counts. */
function reachTable(w: Windows): { most: number; padded: boolean; indices: Int32Array } {
  const { pixels, outPixels, taps } = sizesOf(w);
  const reached = windowIndices(w, -1);
  const counts = new Int32Array(pixels);
  for (const pixel of reached) if (pixel >= 0) counts[pixel]! += 1;
  const most = Math.max(
    1,
    counts.reduce((a, b) => Math.max(a, b), 0),
  );
  const padded = counts.some((count) => count < most);
  const indices = new Int32Array(most * pixels).fill(outPixels * taps);
  counts.fill(0);
  reached.forEach((pixel, pair) => {
    if (pixel < 0) return;
    indices[counts[pixel]! * pixels + pixel] = pair;
    counts[pixel]! += 1;
  });
  return { most, padded, indices };
}

/** The transpose of `windows`: sums [batch, outPixels, taps, channels] into [batch, …input, channels]. */
export function sumWindows(x: Value, w: Windows): Value {
  const channels = x.shape[3]!;
  const { pixels, outPixels, taps } = sizesOf(w);
  const { most, padded, indices } = reachTable(w);
  const table = keyedConstant(`reach ${keyOf(w)}`, () => constant('int32', [indices.length], indices));
  const gathered = gatherPixels(reshape(x, [w.batch, outPixels * taps, channels]), table, padded, 0);
  const summed = reduce('ReduceSum', reshape(gathered, [w.batch, most, pixels * channels]), [1]);
  return reshape(summed, [w.batch, ...w.input, channels]);
}
