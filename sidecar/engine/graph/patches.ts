/**
 * Convolutions as matrix products.
 *
 * ONNX Runtime multiplies matrices several times faster than it convolves on a CPU. One Gather
 * spells out the patches under the filter ("im2col", Chellapilla et al. 2006) straight in NHWC,
 * whose pixels are contiguous, so that nothing is ever transposed; the patches of a forward pass
 * are shared with the gradient of its filter.
 */
import { matmul, reduce } from './arithmetic.ts';
import type { Geometry } from './geometry.ts';
import { concat, gather, reshape, slice, transpose } from './layout.ts';
import { constant, keyedConstant, splat } from './record.ts';
import type { Value } from './value.ts';

const keyOf = (g: Geometry): string => Object.values(g).slice(1).join();

const range = (length: number): number[] => [...Array(length).keys()];

/** An int32 table made once per trace for each key. */
function table(key: string, shape: readonly number[], make: () => number[]): Value {
  return keyedConstant(key, () => constant('int32', shape, Int32Array.from(make())));
}

/** [batch, pixels, channels] with one more pixel of `fill` at the end: what padding reads. */
function withPadPixel(x: Value, fill: number): Value {
  const [batch, , channels] = x.shape as [number, number, number];
  return concat([x, splat(x.type, [batch, 1, channels], fill)], 1);
}

/** Rows of `pixels` at `indices`; an index past the last pixel reads `fill`. */
function gatherPixels(pixels: Value, indices: Value, padded: boolean, fill: number): Value {
  return gather(padded ? withPadPixel(pixels, fill) : pixels, indices, 1);
}

/** For every output pixel and every tap of the kernel, the input pixel under it, or `padding`. */
function patchIndices(g: Geometry, padding: number): number[] {
  const taps = range(g.kernelHeight).flatMap((ky) => range(g.kernelWidth).map((kx) => [ky, kx] as const));
  return range(g.outHeight).flatMap((oy) =>
    range(g.outWidth).flatMap((ox) =>
      taps.map(([ky, kx]) => {
        const y = oy * g.strideY - g.padTop + ky * g.dilationY;
        const x = ox * g.strideX - g.padLeft + kx * g.dilationX;
        return y < 0 || y >= g.height || x < 0 || x >= g.width ? padding : y * g.width + x;
      }),
    ),
  );
}

/** The pixels under the kernel: [batch, outHeight × outWidth, taps, channels]. */
export function patches(x: Value, g: Geometry, fill: number): Value {
  const channels = x.shape[3]!;
  const pixels = g.height * g.width;
  const outPixels = g.outHeight * g.outWidth;
  const taps = g.kernelHeight * g.kernelWidth;
  const indices = patchIndices(g, pixels);
  const picked = table(`patches ${keyOf(g)}`, [outPixels * taps], () => indices);
  const flat = reshape(x, [g.batch, pixels, channels]);
  return reshape(gatherPixels(flat, picked, indices.includes(pixels), fill), [g.batch, outPixels, taps, channels]);
}

function patchMatrix(x: Value, g: Geometry): Value {
  const depth = g.kernelHeight * g.kernelWidth * x.shape[3]!;
  return reshape(patches(x, g, 0), [g.batch * g.outHeight * g.outWidth, depth]);
}

/** Up to this ratio of channels, the fewer are gathered, on whichever side of the convolution they are. */
const FEW_CHANNELS = 1 / 8;

/** Whether a convolution is better read from its output: that has few channels, and no pixel is left out. */
export const fewOutputs = (g: Geometry, inChannels: number, outChannels: number): boolean =>
  g.strideY === 1 && g.strideX === 1 && outChannels <= inChannels * FEW_CHANNELS;

/** The convolution from output to input: of stride 1, its gradient of the image is a convolution. */
const mirrored = (g: Geometry): Geometry => ({
  ...g,
  height: g.outHeight,
  width: g.outWidth,
  outHeight: g.height,
  outWidth: g.width,
  padTop: (g.kernelHeight - 1) * g.dilationY - g.padTop,
  padLeft: (g.kernelWidth - 1) * g.dilationX - g.padLeft,
});

/** A filter for the mirrored convolution: taps turned by 180°, channels swapped. */
function turned(filter: Value): Value {
  const [height, width] = filter.shape as [number, number];
  const backwards = slice(filter, [height - 1, width - 1, 0, 0], filter.shape, [-1, -1, 1, 1]);
  return transpose(backwards, [0, 1, 3, 2]);
}

/** x [batch, height, width, C] with filter [kernelHeight, kernelWidth, C, O]. */
export function patchConvolve(x: Value, filter: Value, g: Geometry): Value {
  const [, , inChannels, outChannels] = filter.shape as [number, number, number, number];
  if (fewOutputs(g, inChannels, outChannels)) return spreadTaps(x, turned(filter), mirrored(g));
  const depth = g.kernelHeight * g.kernelWidth * inChannels;
  const product = matmul(patchMatrix(x, g), reshape(filter, [depth, outChannels]));
  return reshape(product, [g.batch, g.outHeight, g.outWidth, outChannels]);
}

/** The gradient of `patchConvolve` with respect to its filter. */
export function patchFilterGradient(x: Value, dy: Value, g: Geometry): Value {
  const [inChannels, outChannels] = [x.shape[3]!, dy.shape[3]!];
  if (fewOutputs(g, inChannels, outChannels)) return turned(patchFilterGradient(dy, x, mirrored(g)));
  const rows = g.batch * g.outHeight * g.outWidth;
  const product = matmul(patchMatrix(x, g), reshape(dy, [rows, outChannels]), true, false);
  return reshape(product, [g.kernelHeight, g.kernelWidth, inChannels, outChannels]);
}

/** Taps that reach one phase of the input pixels, each with its shift in output pixels. */
function phaseTaps(phase: number, kernel: number, stride: number, dilation: number, padding: number) {
  return range(kernel)
    .map((tap) => ({ tap, distance: phase + padding - tap * dilation }))
    .filter(({ distance }) => distance % stride === 0)
    .map(({ tap, distance }) => ({ tap, shift: distance / stride }));
}

/** The gradient of `patchConvolve` with respect to x, which is also the transposed convolution of dy. */
export function patchInputGradient(dy: Value, filter: Value, g: Geometry): Value {
  const [, , inChannels, outChannels] = filter.shape as [number, number, number, number];
  return inChannels <= outChannels * FEW_CHANNELS ? spreadTaps(dy, filter, g) : byPhase(dy, filter, g);
}

/**
 * Input pixels whose position has one remainder modulo the stride form a phase; each phase is a
 * convolution of dy with the taps that reach it (sub-pixel convolution, Shi et al. 2016).
 */
function byPhase(dy: Value, filter: Value, g: Geometry): Value {
  const [kernelHeight, kernelWidth, inChannels, outChannels] = filter.shape as [number, number, number, number];
  const taps = kernelHeight * kernelWidth;
  const [rows, columns] = [Math.ceil(g.height / g.strideY), Math.ceil(g.width / g.strideX)];
  const outPixels = g.outHeight * g.outWidth;
  const pixels = reshape(dy, [g.batch, outPixels, outChannels]);
  const turned = transpose(reshape(filter, [taps, inChannels, outChannels]), [0, 2, 1]);

  const phase = (phaseY: number, phaseX: number): Value => {
    const tapsY = phaseTaps(phaseY, kernelHeight, g.strideY, g.dilationY, g.padTop);
    const tapsX = phaseTaps(phaseX, kernelWidth, g.strideX, g.dilationX, g.padLeft);
    const reached = tapsY.flatMap((y) => tapsX.map((x) => ({ y, x })));
    if (reached.length === 0) return splat('float32', [g.batch, rows, columns, inChannels], 0);
    const indices = range(rows).flatMap((row) =>
      range(columns).flatMap((column) =>
        reached.map(({ y, x }) => {
          const [oy, ox] = [row + y.shift, column + x.shift];
          return oy < 0 || oy >= g.outHeight || ox < 0 || ox >= g.outWidth ? outPixels : oy * g.outWidth + ox;
        }),
      ),
    );
    const key = `phase ${phaseY} ${phaseX} ${keyOf(g)}`;
    const picked = table(key, [indices.length], () => indices);
    const tapList = constant(
      'int32',
      [reached.length],
      Int32Array.from(reached, ({ y, x }) => y.tap * kernelWidth + x.tap),
    );
    const depth = reached.length * outChannels;
    const gathered = gatherPixels(pixels, picked, indices.includes(outPixels), 0);
    const weights = reshape(gather(turned, tapList, 0), [depth, inChannels]);
    const product = matmul(reshape(gathered, [g.batch * rows * columns, depth]), weights);
    return reshape(product, [g.batch, rows, columns, inChannels]);
  };

  const lines = range(g.strideY).map((phaseY) => {
    const parts = range(g.strideX).map((phaseX) =>
      reshape(phase(phaseY, phaseX), [g.batch, rows, columns, 1, inChannels]),
    );
    return reshape(concat(parts, 3), [g.batch, rows, 1, columns * g.strideX * inChannels]);
  });
  const whole = reshape(concat(lines, 2), [g.batch, rows * g.strideY, columns * g.strideX, inChannels]);
  return slice(whole, [0, 0, 0, 0], [g.batch, g.height, g.width, inChannels]);
}

/** For every input pixel, the (output pixel, tap) pairs that reach it, padded to equal counts. */
function reachIndices(g: Geometry): { taps: number; indices: number[] } {
  const taps = g.kernelHeight * g.kernelWidth;
  const lists: number[][] = range(g.height * g.width).map(() => []);
  patchIndices(g, -1).forEach((pixel, at) => {
    lists[pixel]?.push(at);
  });
  const most = Math.max(1, ...lists.map((list) => list.length));
  const none = g.outHeight * g.outWidth * taps;
  return { taps: most, indices: range(most).flatMap((at) => lists.map((list) => list[at] ?? none)) };
}

/** Sums [batch, outPixels, taps, C], what each tap gives its input pixel, into [batch, height, width, C]. */
export function sumTaps(x: Value, g: Geometry): Value {
  const channels = x.shape[3]!;
  const { taps, indices } = reachIndices(g);
  const pairs = g.outHeight * g.outWidth * g.kernelHeight * g.kernelWidth;
  const picked = table(`reach ${keyOf(g)}`, [indices.length], () => indices);
  const gathered = gatherPixels(reshape(x, [g.batch, pairs, channels]), picked, indices.includes(pairs), 0);
  const pixels = g.height * g.width * channels;
  const summed = reduce('ReduceSum', reshape(gathered, [g.batch, taps, pixels]), [1]);
  return reshape(summed, [g.batch, g.height, g.width, channels]);
}

function spreadTaps(dy: Value, filter: Value, g: Geometry): Value {
  const [kernelHeight, kernelWidth, inChannels, outChannels] = filter.shape as [number, number, number, number];
  const taps = kernelHeight * kernelWidth;
  const outPixels = g.outHeight * g.outWidth;
  const rows = reshape(dy, [g.batch * outPixels, outChannels]);
  const product = matmul(rows, reshape(filter, [taps * inChannels, outChannels]), false, true);
  return sumTaps(reshape(product, [g.batch, outPixels, taps, inChannels]), g);
}
