/** Kernels that pick and place slices by indices, which are recorded values too. */
import * as tf from '@tensorflow/tfjs-core';
import { add, cast, scalar } from '../graph/arithmetic.ts';
import { broadcastShape, expand, gather, reshape } from '../graph/layout.ts';
import { splat } from '../graph/record.ts';
import { sizeOf, type Value } from '../graph/value.ts';
import { type KernelInputs, type KernelTable, kernel, RefusedNumbers } from './kernel.ts';
import { int32s, rowsAt, sumRows, writeRows } from './rows.ts';

/** What TensorFlow.js's shape checks take for a tensor. */
const asTensor = ({ shape, type }: Value): tf.Tensor =>
  ({ shape: [...shape], rank: shape.length, size: sizeOf(shape), dtype: type }) as unknown as tf.Tensor;

/** Indices that the program spells out are checked at once; others when they are known. */
function checkRange({ definition }: Value, length: number): void {
  const known = definition.kind === 'constant' ? definition.data : definition.kind === 'splat' ? [definition.fill] : [];
  for (const index of known) {
    if (index < 0 || index >= length) {
      throw new RefusedNumbers(`GatherV2: the index value ${index} is not in [0, ${length - 1}]`);
    }
  }
}

function gatherRows(inputs: KernelInputs, axis: number, batchDims: number): Value {
  const [x, indices] = [inputs.get('x'), inputs.get('indices')];
  const at = axis < 0 ? axis + x.shape.length : axis;
  const info = tf.backend_util.segment_util.collectGatherOpShapeInfo(asTensor(x), asTensor(indices), at, batchDims);
  if (sizeOf(info.outputShape) === 0) return splat(x.type, info.outputShape, 0);
  checkRange(indices, x.shape[at]!);
  if (batchDims === 0) return gather(x, indices, at);
  const { batchSize, outerSize, dimSize, sliceSize } = info;
  const count = sizeOf(indices.shape) / batchSize;
  // Each batch, and each position before the axis, has rows of its own.
  const first = int32s(
    Array.from({ length: batchSize * outerSize }, (_, row) => row * dimSize),
    [batchSize, outerSize, 1],
  );
  const rows = add(reshape(cast(indices, 'int32'), [batchSize, 1, count]), first);
  const picked = gather(reshape(x, [batchSize * outerSize * dimSize, sliceSize]), rows, 0);
  return reshape(picked, info.outputShape);
}

/** Updates [n, width] and their row numbers, for a tensor of `shape`. */
function updatesOf(inputs: KernelInputs, indices: Value, updates: Value, shape: readonly number[]) {
  const { sliceRank, sliceSize, numUpdates } = tf.backend_util.calculateShapes(asTensor(updates), asTensor(indices), [
    ...shape,
  ]);
  if (sliceRank > shape.length) throw inputs.unsupported(`indices of depth ${sliceRank} do not fit shape [${shape}]`);
  return {
    at: rowsAt(indices, shape),
    rows: reshape(expand(updates, updates.shape.length === 0 ? [numUpdates] : updates.shape), [numUpdates, sliceSize]),
    matrix: [sizeOf(shape) / sliceSize, sliceSize] as const,
  };
}

export const indexing: KernelTable = {
  [tf.GatherV2]: kernel<tf.GatherV2Attrs>((inputs, { axis, batchDims }) => gatherRows(inputs, axis, batchDims)),

  [tf.GatherNd]: (inputs) => {
    const [x, indices] = [inputs.get('params'), inputs.get('indices')];
    const [shape, count, width] = tf.backend_util.prepareAndValidate(asTensor(x), asTensor(indices));
    if (count === 0) return splat(x.type, shape, 0);
    const depth = indices.shape.at(-1)!;
    const rows = rowsAt(reshape(indices, [count, depth]), x.shape);
    return reshape(gather(reshape(x, [sizeOf(x.shape) / width, width]), rows, 0), shape);
  },

  [tf.ScatterNd]: kernel<tf.ScatterNdAttrs>((inputs, { shape }) => {
    const { at, rows, matrix } = updatesOf(inputs, inputs.get('indices'), inputs.get('updates'), shape);
    if (rows.type === 'bool') return cast(reshape(sumRows(cast(rows, 'int32'), at, matrix[0]), shape), 'bool');
    return reshape(sumRows(rows, at, matrix[0]), shape);
  }),

  [tf.TensorScatterUpdate]: (inputs) => {
    const tensor = inputs.get('tensor');
    const { at, rows, matrix } = updatesOf(inputs, inputs.get('indices'), inputs.get('updates'), tensor.shape);
    return reshape(writeRows(reshape(tensor, matrix), at, rows), tensor.shape);
  },

  [tf.SparseToDense]: kernel<tf.SparseToDenseAttrs>((inputs, { outputShape }) => {
    const [indices, values] = [inputs.get('sparseIndices'), inputs.get('sparseValues')];
    const count = indices.shape.length === 0 ? 1 : indices.shape[0]!;
    const depth = indices.shape.length > 1 ? indices.shape[1]! : 1;
    const rows = reshape(expand(values, [count]), [count, 1]);
    const into = expand(reshape(inputs.get('defaultValue'), []), [sizeOf(outputShape), 1]);
    return reshape(writeRows(into, rowsAt(reshape(indices, [count, depth]), outputShape), rows), outputShape);
  }),

  [tf.UnsortedSegmentSum]: kernel<tf.UnsortedSegmentSumAttrs>((inputs, { numSegments }) => {
    const [x, ids] = [inputs.get('x'), inputs.get('segmentIds')];
    const count = sizeOf(ids.shape);
    const rest = x.shape.slice(ids.shape.length);
    if (sizeOf(x.shape) === 0) return splat(x.type, [numSegments, ...rest], 0);
    const rows = reshape(x, [count, sizeOf(rest)]);
    const sums = sumRows(rows, reshape(cast(ids, 'int32'), [count]), numSegments);
    return reshape(sums, [numSegments, ...rest]);
  }),

  [tf.Diag]: (inputs) => {
    const x = inputs.get('x');
    const size = sizeOf(x.shape);
    const into = expand(scalar(0, x.type), [size * size, 1]);
    const at = int32s(Array.from({ length: size }, (_, row) => row * (size + 1)));
    return reshape(writeRows(into, at, reshape(x, [size, 1])), [...x.shape, ...x.shape]);
  },

  [tf.BroadcastArgs]: (inputs) => {
    const [a, b] = [inputs.numbers('s0'), inputs.numbers('s1')];
    return int32s(broadcastShape([...a].map(Number), [...b].map(Number)));
  },
};
