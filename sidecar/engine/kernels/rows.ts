/** Rows picked from, and added or written into, a matrix at recorded indices. */
import { binary, cast, compare, matmul, mul, reduce, scalar, where } from '../graph/arithmetic.ts';
import { expand, pad, reshape, slice } from '../graph/layout.ts';
import { constant, node } from '../graph/record.ts';
import { int, sizeOf, text, type Value } from '../graph/value.ts';

type Shape = readonly number[];

export const int32s = (values: readonly number[], shape: Shape = [values.length]): Value =>
  constant('int32', shape, Int32Array.from(values));

/** 0, 1, … as int32. */
export const upTo = (length: number): Value => int32s(Array.from({ length }, (_, at) => at));

/** Elements between one index and the next along every axis, in row-major order. */
export const stridesOf = (shape: Shape): number[] => shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));

/** Row numbers, as a vector, of index tuples [..., k] into the first k axes of `shape`. */
export function rowsAt(indices: Value, shape: Shape): Value {
  const depth = indices.shape.length > 1 ? indices.shape.at(-1)! : 1;
  const count = depth === 0 ? sizeOf(indices.shape.slice(0, -1)) : sizeOf(indices.shape) / depth;
  if (depth === 0) return int32s(Array(count).fill(0));
  const tuples = reshape(cast(indices, 'int32'), [count, depth]);
  if (depth === 1) return reshape(tuples, [count]);
  return reduce('ReduceSum', mul(tuples, int32s(stridesOf(shape.slice(0, depth)), [1, depth])), [1]);
}

/** One-hot matrices up to this many elements are multiplied; larger ones are never made. */
const SMALL_ONE_HOT = 1 << 20;

/**
 * Sums rows [n, width] into [count, width] by their row numbers [n]; rows numbered below 0 or from
 * `count` on are left out.
 */
export function sumRows(rows: Value, at: Value, count: number): Value {
  const [n, width] = rows.shape as [number, number];
  if (rows.type === 'float32' && n * count <= SMALL_ONE_HOT) {
    // A matrix product adds in one order, however many threads there are.
    const hits = compare('Equal', reshape(upTo(count), [count, 1]), reshape(at, [1, n]));
    return matmul(cast(hits, 'float32'), rows);
  }
  const outside = binary(
    'Or',
    compare('Less', at, scalar(0, 'int32')),
    compare('GreaterOrEqual', at, scalar(count, 'int32')),
    'bool',
  );
  const target = where(outside, scalar(count, 'int32'), at);
  const sums = scatter(expand(scalar(0, rows.type), [count + 1, width]), target, rows, 'add');
  return slice(sums, [0, 0], [count, width]);
}

/** Writes rows [n, width] over those of `into` at row numbers [n]; of equal ones the last stays. */
export const writeRows = (into: Value, at: Value, rows: Value): Value => scatter(into, at, rows, 'none');

/** ScatterElements goes through its indices in order on one thread, so that equal ones are no race. */
function scatter(into: Value, at: Value, rows: Value, reduction: 'add' | 'none'): Value {
  if (sizeOf(rows.shape) === 0) return into;
  const indices = expand(reshape(at, [rows.shape[0]!, 1]), rows.shape);
  return node('ScatterElements', [into, indices, rows], into.type, into.shape, {
    axis: int(0),
    reduction: text(reduction),
  });
}

/** `x` moved by `by` ≥ 0 along `axis`, towards higher indices; `fill` moves in. */
export function shift(x: Value, axis: number, by: number, fill: number): Value {
  const length = x.shape[axis]!;
  const none = x.shape.map(() => 0);
  if (by >= length) return expand(scalar(fill, x.type), x.shape);
  const kept = slice(x, none, x.shape.with(axis, length - by));
  return pad(kept, none.with(axis, by), none, fill);
}
