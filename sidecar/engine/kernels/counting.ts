/** Kernels that sort, search and count. */
import * as tf from '@tensorflow/tfjs-core';
import { cast, compare, mul, reduce, scalar } from '../graph/arithmetic.ts';
import { expand, reshape } from '../graph/layout.ts';
import { inFull, int64s, node, splat } from '../graph/record.ts';
import { int, makeValue, sizeOf, type Value } from '../graph/value.ts';
import { type Kernel, type KernelInputs, type KernelTable, kernel } from './kernel.ts';
import { sumRows, upTo } from './rows.ts';

/** The k greatest along the last axis in falling order, and where they were. */
function topK(x: Value, k: number): Value[] {
  const shape = x.shape.with(-1, k);
  if (sizeOf(shape) === 0) return [splat(x.type, shape, 0), splat('int32', shape, 0)];
  const from = x.type === 'bool' ? cast(x, 'int32') : x;
  const at = makeValue('int64', shape, {
    kind: 'node',
    op: 'TopK',
    domain: '',
    inputs: [inFull(from), int64s([k])],
    attributes: { axis: int(-1), largest: int(1), sorted: int(1) },
    output: 1,
  });
  const values = node('GatherElements', [from, at], from.type, shape, { axis: int(-1) });
  return [cast(values, x.type), cast(at, 'int32')];
}

/** Sums the weights (1 without them) of the numbers 0 … size − 1 in each row of x [rows, n]. */
function count(inputs: KernelInputs, size: number, binaryOutput: boolean, rows: number): Value {
  const [x, weights] = [inputs.get('x'), inputs.get('weights')];
  const type = weights.type === 'bool' ? 'int32' : weights.type;
  const n = sizeOf(x.shape) / rows;
  if (sizeOf(x.shape) === 0 || size === 0) return splat(type, [rows, size], 0);
  const numbers = cast(x, 'int32');
  if (rows === 1) {
    const at = reshape(numbers, [n]);
    if (!binaryOutput) return reshape(sumRows(weightsOf(weights, n, type), at, size), [1, size]);
  }
  const hits = compare('Equal', reshape(numbers, [rows, n, 1]), reshape(upTo(size), [1, 1, size]));
  if (binaryOutput) return cast(reduce('ReduceMax', cast(hits, 'int32'), [1]), type);
  const each = reshape(weightsOf(weights, rows * n, type), [rows, n, 1]);
  return reduce('ReduceSum', mul(cast(hits, type), each), [1]);
}

const weightsOf = (weights: Value, n: number, type: Value['type']): Value =>
  sizeOf(weights.shape) === 0 ? expand(scalar(1, type), [n, 1]) : reshape(cast(weights, type), [n, 1]);

const searchSorted: Kernel = kernel<tf.SearchSortedAttrs>((inputs, { side }) => {
  const [sorted, values] = [inputs.get('sortedSequence'), inputs.get('values')];
  const [rows, n] = sorted.shape as [number, number];
  const m = values.shape[1]!;
  // A sorted row has as many elements before the place as are less (or, on the right, not greater).
  const before = compare(
    side === 'left' ? 'Less' : 'LessOrEqual',
    reshape(sorted, [rows, 1, n]),
    reshape(values, [rows, m, 1]),
  );
  return reduce('ReduceSum', cast(before, 'int32'), [2]);
});

export const counting: KernelTable = {
  [tf.TopK]: kernel<tf.TopKAttrs>((inputs, { k }) => topK(inputs.get('x'), k)),
  [tf.SearchSorted]: searchSorted,
  [tf.Bincount]: kernel<tf.BincountAttrs>((inputs, { size }) => reshape(count(inputs, size, false, 1), [size])),
  [tf.DenseBincount]: kernel<tf.DenseBincountAttrs>((inputs, { size, binaryOutput }) => {
    const { shape } = inputs.get('x');
    const rows = shape.length === 2 ? shape[0]! : 1;
    const counted = count(inputs, size, binaryOutput ?? false, rows);
    return shape.length === 2 ? counted : reshape(counted, [size]);
  }),
};
