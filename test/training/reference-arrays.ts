/** Arrays of float64 by their indices, for references in loops. */
import type { Point } from '../engine/float64.ts';

export type Index = readonly number[];

export const size = (shape: Index): number => shape.reduce((product, length) => product * length, 1);

/** Offset of an index; an axis of length 1 is read at 0 whatever the index. */
export function offset(shape: Index, at: Index): number {
  return shape.reduce((sum, length, axis) => sum * length + (length === 1 ? 0 : at[axis]!), 0);
}

export const read = (x: Point, ...at: number[]): number => x.data[offset(x.shape, at)]!;

/** All indices of a shape, in order. */
export function* indices(shape: Index): Generator<number[]> {
  for (let flat = 0; flat < size(shape); flat += 1) {
    const at: number[] = [];
    let rest = flat;
    for (const length of [...shape].reverse()) {
      at.unshift(rest % length);
      rest = Math.floor(rest / length);
    }
    yield at;
  }
}

export function make(shape: Index, value: (...at: number[]) => number): Point {
  return { shape, data: Float64Array.from(indices(shape), (at) => value(...at)) };
}

export const elementwise = (f: (x: number) => number, x: Point): Point => ({ shape: x.shape, data: x.data.map(f) });
export const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;
export const range = (length: number): number[] => [...Array(length).keys()];

/** [batch, …] with ones after the batch up to this rank. */
export const raised = (x: Point, rank: number): Point =>
  x.shape.length === 0 || x.shape.length >= rank
    ? x
    : { data: x.data, shape: [x.shape[0]!, ...Array<number>(rank - x.shape.length).fill(1), ...x.shape.slice(1)] };

export function pairwise(f: (a: number, b: number) => number, left: Point, right: Point): Point {
  const rank = Math.max(left.shape.length, right.shape.length);
  const [a, b] = [raised(left, rank), raised(right, rank)];
  const shape = range(rank).map((axis) => Math.max(a.shape[axis] ?? 1, b.shape[axis] ?? 1));
  return make(shape, (...at) => f(read(a, ...at), read(b, ...at)));
}
