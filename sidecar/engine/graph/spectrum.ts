/**
 * Discrete Fourier transforms of small maps, as products with constant matrices.
 *
 * A real map's spectrum is kept as what Gauss' trick multiplies: a complex product (a + ib)(c + id)
 * has the real part k₁ − k₃ and the imaginary part k₁ + k₂ for k₁ = (a + b)c, k₂ = a(d − c) and
 * k₃ = b(c + d). So each complex frequency has three rows in every transform, a real one has one.
 */
import { matmul } from './arithmetic.ts';
import type { CircularAxis } from './circular.ts';
import { reshape } from './layout.ts';
import { constant, keyedConstant } from './record.ts';
import type { Value } from './value.ts';

export interface Frequencies {
  readonly y: CircularAxis;
  readonly x: CircularAxis;
  /** Whether both axes are transformed one after the other: fewer products, more passes over memory. */
  readonly separable: boolean;
}

/** Which of the three factors of a convolution is transformed. */
export type Factor = 'image' | 'output';

type Point = readonly [number, number];

/** A frequency, how many of the map's it stands for, and whether its spectrum is real. */
interface Frequency {
  readonly u: number;
  readonly v: number;
  readonly counts: number;
  readonly real: boolean;
}

/**
 * A real map's spectrum has equal halves: of opposite frequencies one suffices. With separable axes
 * that is half of the rows; with both axes at once also half of the rows that are their own opposite.
 */
function frequencies({ y, x, separable }: Frequencies): Frequency[] {
  const all = Array.from({ length: y.period * x.period }, (_, at) => ({
    u: Math.floor(at / x.period),
    v: at % x.period,
  }));
  if (separable) {
    const kept = all.filter(({ u }) => u <= y.period / 2);
    return kept.map(({ u, v }) => ({ u, v, counts: u === 0 || 2 * u === y.period ? 1 : 2, real: false }));
  }
  return all.flatMap(({ u, v }, own) => {
    const opposite = ((y.period - u) % y.period) * x.period + ((x.period - v) % x.period);
    if (own > opposite) return [];
    return [{ u, v, counts: own === opposite ? 1 : 2, real: own === opposite }];
  });
}

/** Frequencies of the first axis that separable axes keep. */
export const halfOf = ({ period }: CircularAxis): number => Math.floor(period / 2) + 1;

/** Real products for each pair of channels. */
export function productsOf({ y, x, separable }: Frequencies): number {
  if (separable) return 3 * halfOf(y) * x.period;
  // Zero and half the period are the frequencies of one axis that are their own opposite.
  const real = [y, x].reduce((count, { period }) => count * (period % 2 === 0 ? 2 : 1), 1);
  return real + (3 * (y.period * x.period - real)) / 2;
}

const keyOf = ({ y, x, separable }: Frequencies): string =>
  [y, x].map(({ out, positions, period }) => `${positions} ${out} ${period}`).join(' × ') +
  (separable ? ' by axis' : '');

function table(key: string, rows: number, columns: number, fill: (data: Float32Array) => void): Value {
  return keyedConstant(key, () => {
    const data = new Float32Array(rows * columns);
    fill(data);
    return constant('float32', [rows, columns], data);
  });
}

const turn = (frequency: number, position: number, period: number): number =>
  (2 * Math.PI * ((frequency * position) % period)) / period;

/** The three rows of an image's spectrum at an angle: a + b, a and b. */
const imageRows = (cos: number, sin: number) => [cos - sin, cos, -sin];
/** Those of a filter's: c, d − c and c + d. */
const filterRows = (cos: number, sin: number) => [cos, sin - cos, cos + sin];
/** What k₁, k₂ and k₃ give an output. */
const outputRows = (cos: number, sin: number) => [cos - sin, -sin, -cos];

function fillDense(
  data: Float32Array,
  axes: Frequencies,
  points: readonly Point[],
  rows: (cos: number, sin: number) => readonly number[],
  scale: (frequency: Frequency) => number,
  columnOf: (point: number, row: number) => number,
): void {
  let row = 0;
  for (const frequency of frequencies(axes)) {
    const { u, v, real } = frequency;
    points.forEach(([py, px], point) => {
      const angle = turn(u, py, axes.y.period) + turn(v, px, axes.x.period);
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const values = real ? [cos] : rows(cos, sin);
      values.forEach((value, offset) => {
        data[columnOf(point, row + offset)] = value * scale(frequency);
      });
    });
    row += real ? 1 : 3;
  }
}

const grid = (height: number, width: number): Point[] =>
  Array.from({ length: height * width }, (_, at) => [Math.floor(at / width), at % width] as const);

/** [products, pixels] of a whole map at once. */
function denseMatrix(axes: Frequencies, factor: Factor): Value {
  const { y, x } = axes;
  const points = factor === 'image' ? grid(y.positions, x.positions) : grid(y.out, x.out);
  const rows = factor === 'image' ? imageRows : outputRows;
  const area = y.period * x.period;
  const scale = factor === 'image' ? () => 1 : ({ counts }: Frequency) => counts / area;
  return table(`spectrum ${factor} ${keyOf(axes)}`, productsOf(axes), points.length, (data) =>
    fillDense(data, axes, points, rows, scale, (point, row) => row * points.length + point),
  );
}

/** [products × phases, taps]: a tap counts for the phase that it reads. */
export function filterMatrix(axes: Frequencies): Value {
  const { y, x } = axes;
  const taps = y.taps.flatMap((row) => x.taps.map((column) => ({ row, column })));
  const points = taps.map(({ row, column }) => [row.shift, column.shift] as const);
  const phases = y.stride * x.stride;
  const phase = taps.map(({ row, column }) => row.phase * x.stride + column.phase);
  // Shifts may be negative; whole periods added keep the angle.
  const positive = points.map(([py, px]) => [py + y.period, px + x.period] as const);
  const key = `spectrum filter ${keyOf(axes)} ${JSON.stringify(points)} ${phase}`;
  return table(key, productsOf(axes) * phases, taps.length, (data) =>
    fillDense(
      data,
      axes,
      positive,
      filterRows,
      () => 1,
      (point, row) => (row * phases + phase[point]!) * taps.length + point,
    ),
  );
}

/** Rows [2 × half the frequencies, pixels] of the first axis: real and imaginary part of each. */
function rowMatrix(axes: Frequencies, factor: Factor, transposed: boolean): Value {
  const { positions, out, period } = axes.y;
  const pixels = factor === 'image' ? positions : out;
  const half = halfOf(axes.y);
  const shape: [number, number] = transposed ? [pixels, 2 * half] : [2 * half, pixels];
  const area = period * axes.x.period;
  return table(`rows ${factor} ${transposed} ${keyOf(axes)}`, ...shape, (data) => {
    for (let u = 0; u < half; u += 1) {
      const scale = factor === 'image' ? 1 : (u === 0 || 2 * u === period ? 1 : 2) / area;
      for (let pixel = 0; pixel < pixels; pixel += 1) {
        const angle = turn(u, pixel, period);
        [Math.cos(angle) * scale, -Math.sin(angle) * scale].forEach((value, part) => {
          const row = 2 * u + part;
          data[transposed ? pixel * 2 * half + row : row * pixels + pixel] = value;
        });
      }
    }
  });
}

/** Columns [3 × frequencies, 2 × pixels] of the second axis, from real and imaginary parts. */
function columnMatrix(axes: Frequencies, factor: Factor, transposed: boolean): Value {
  const { positions, out, period } = axes.x;
  const pixels = factor === 'image' ? positions : out;
  const shape: [number, number] = transposed ? [2 * pixels, 3 * period] : [3 * period, 2 * pixels];
  return table(`columns ${factor} ${transposed} ${keyOf(axes)}`, ...shape, (data) => {
    for (let v = 0; v < period; v += 1) {
      for (let pixel = 0; pixel < pixels; pixel += 1) {
        const angle = turn(v, pixel, period);
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const parts =
          factor === 'image'
            ? [imageRows(cos, sin), [cos + sin, sin, cos]]
            : [outputRows(cos, sin), [cos + sin, cos, -sin]];
        parts.forEach((rows, part) => {
          rows.forEach((value, offset) => {
            const [row, column] = [3 * v + offset, part * pixels + pixel];
            data[transposed ? column * 3 * period + row : row * 2 * pixels + column] = value;
          });
        });
      }
    }
  });
}

/** [pixels, columns] → [products, columns]. */
export function transform(map: Value, axes: Frequencies, factor: Factor): Value {
  if (!axes.separable) return matmul(denseMatrix(axes, factor), map);
  const { y, x } = axes;
  const [height, width] = factor === 'image' ? [y.positions, x.positions] : [y.out, x.out];
  const half = halfOf(y);
  const columns = map.shape[1]!;
  const rows = matmul(rowMatrix(axes, factor, false), reshape(map, [height, width * columns]));
  const both = matmul(columnMatrix(axes, factor, false), reshape(rows, [half, 2 * width, columns]));
  return reshape(both, [productsOf(axes), columns]);
}

/** [products, columns] → [pixels, columns]: the transpose of `transform`. */
export function untransform(products: Value, axes: Frequencies, factor: Factor): Value {
  if (!axes.separable) return matmul(denseMatrix(axes, factor), products, true, false);
  const { y, x } = axes;
  const [height, width] = factor === 'image' ? [y.positions, x.positions] : [y.out, x.out];
  const half = halfOf(y);
  const columns = products.shape[1]!;
  const rows = matmul(columnMatrix(axes, factor, true), reshape(products, [half, 3 * x.period, columns]));
  const both = matmul(rowMatrix(axes, factor, true), reshape(rows, [2 * half, width * columns]));
  return reshape(both, [height * width, columns]);
}
