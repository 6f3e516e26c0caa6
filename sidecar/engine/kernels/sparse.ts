/** Kernels on sparse tensors, given as indices [n, rank], values [n] and a dense shape. */
import * as tf from '@tensorflow/tfjs-core';
import { div } from '../graph/arithmetic.ts';
import { concat, gather, reshape } from '../graph/layout.ts';
import { constant, splat } from '../graph/record.ts';
import { sizeOf, type Value } from '../graph/value.ts';
import { type Kernel, type KernelInputs, type KernelTable, RefusedNumbers } from './kernel.ts';
import { int32s, stridesOf, sumRows } from './rows.ts';

const util = tf.backend_util;

const integers = (inputs: KernelInputs, name: string): number[] => [...inputs.numbers(name)].map(Number);

/** Index tuples [n, rank] as lists. */
function tuples(inputs: KernelInputs, name: string): number[][] {
  const [count, rank] = inputs.get(name).shape as [number, number];
  const flat = integers(inputs, name);
  return Array.from({ length: count }, (_, at) => flat.slice(at * rank, (at + 1) * rank));
}

/** Gives every row of the dense shape at least one value: the default, in its first column. */
function fillEmptyRows(inputs: KernelInputs): Value[] {
  const indices = tuples(inputs, 'indices');
  const values = inputs.get('values');
  const rank = inputs.get('indices').shape[1]!;
  const rows = integers(inputs, 'denseShape')[0]!;
  if (rows === 0 && indices.length > 0) {
    throw new RefusedNumbers(util.getSparseFillEmptyRowsIndicesDenseShapeMismatch(indices.length));
  }
  const members: number[][] = Array.from({ length: rows }, () => []);
  for (const [at, [row]] of indices.entries()) {
    if (row! < 0) throw new RefusedNumbers(util.getSparseFillEmptyRowsNegativeIndexErrorMessage(at, row!));
    if (row! >= rows) throw new RefusedNumbers(util.getSparseFillEmptyRowsOutOfRangeIndexErrorMessage(at, row!, rows));
    members[row!]!.push(at);
  }
  // The default stands behind the values, at the position that follows them.
  const fill = indices.length;
  const order = members.flatMap((own) => (own.length === 0 ? [fill] : own));
  const rowOf = members.flatMap((own, row) => (own.length === 0 ? [row] : own.map(() => row)));
  const filled = order.map((at, to) => indices[at] ?? [rowOf[to]!, ...Array(rank - 1).fill(0)]);
  const places: number[] = [];
  for (const [to, at] of order.entries()) if (at !== fill) places[at] = to;
  const extended = concat([values, reshape(inputs.get('defaultValue'), [1])], 0);
  return [
    int32s(filled.flat(), [filled.length, rank]),
    order.length === 0 ? splat(values.type, [0], 0) : gather(extended, int32s(order), 0),
    constant(
      'bool',
      [rows],
      Uint8Array.from(members, (own) => Number(own.length === 0)),
    ),
    int32s(places),
  ];
}

/** The indices and the shape of the same values in a dense shape of other lengths. */
function reshapeSparse(inputs: KernelInputs): Value[] {
  const from = integers(inputs, 'inputShape');
  const asked = integers(inputs, 'newShape');
  const open = asked.indexOf(-1);
  for (const [axis, length] of asked.entries()) {
    if (length === -1 && axis !== open) {
      throw new RefusedNumbers(util.getSparseReshapeMultipleNegativeOneOutputDimErrorMessage(open, axis));
    }
    if (length < -1) throw new RefusedNumbers(util.getSparseReshapeNegativeOutputDimErrorMessage(axis, length));
  }
  const known = sizeOf(asked.filter((length) => length !== -1));
  if (open >= 0 && known === 0) throw new RefusedNumbers(util.getSparseReshapeEmptyTensorZeroOutputDimErrorMessage());
  const to = open < 0 ? asked : asked.with(open, sizeOf(from) / known);
  if (to.some((length) => !Number.isInteger(length))) {
    throw new RefusedNumbers(util.getSparseReshapeInputOutputMultipleErrorMessage(from, asked.with(open, 1)));
  }
  if (sizeOf(to) !== sizeOf(from))
    throw new RefusedNumbers(util.getSparseReshapeInputOutputMismatchErrorMessage(from, to));
  const [strides, newStrides] = [stridesOf(from), stridesOf(to)];
  const moved = tuples(inputs, 'inputIndices').map((tuple) => {
    const position = tuple.reduce((sum, index, axis) => sum + index * strides[axis]!, 0);
    return to.map((length, axis) => Math.floor(position / newStrides[axis]!) % length);
  });
  return [int32s(moved.flat(), [moved.length, to.length]), int32s(to)];
}

/** Sums, or means, of the data's rows at `indices` that have the same segment id; ids do not fall. */
const reduceSegments =
  (mean: boolean): Kernel =>
  (inputs) => {
    const data = inputs.get('data');
    const [indices, ids] = [integers(inputs, 'indices'), integers(inputs, 'segmentIds')];
    const [rows, rest] = [data.shape[0]!, data.shape.slice(1)];
    const segments = (ids.at(-1) ?? -1) + 1;
    const counts: number[] = Array(Math.max(segments, 0)).fill(0);
    if (ids.length > 0 && segments <= 0)
      throw new RefusedNumbers(util.getSparseSegmentReductionNegativeSegmentIdsErrorMessage());
    for (const [at, id] of ids.entries()) {
      if (at > 0 && id < ids[at - 1]!) {
        throw new RefusedNumbers(util.getSparseSegmentReductionNonIncreasingSegmentIdsErrorMessage());
      }
      if (id < 0 || id >= segments) {
        throw new RefusedNumbers(util.getSparseSegmentReductionSegmentIdOutOfRangeErrorMessage(id, segments));
      }
      if (indices[at]! < 0 || indices[at]! >= rows) {
        throw new RefusedNumbers(util.getSparseSegmentReductionIndicesOutOfRangeErrorMessage(at, indices[at]!, rows));
      }
      counts[id]! += 1;
    }
    if (ids.length === 0) return splat(data.type, [0, ...rest], 0);
    const picked = gather(reshape(data, [rows, sizeOf(rest)]), int32s(indices), 0);
    const sums = sumRows(picked, int32s(ids), segments);
    const divisors = counts.map((count) => Math.max(count, 1));
    const divisor =
      data.type === 'float32'
        ? constant('float32', [segments, 1], Float32Array.from(divisors))
        : int32s(divisors, [segments, 1]);
    return reshape(mean ? div(sums, divisor) : sums, [segments, ...rest]);
  };

export const sparse: KernelTable = {
  [tf.SparseFillEmptyRows]: fillEmptyRows,
  [tf.SparseReshape]: reshapeSparse,
  [tf.SparseSegmentSum]: reduceSegments(false),
  [tf.SparseSegmentMean]: reduceSegments(true),
};
