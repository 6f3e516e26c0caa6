/** Kernels that move, repeat, pick or make elements without computing on them. */
import * as tf from '@tensorflow/tfjs-core';
import { cast, compare, scalar, where } from '../graph/arithmetic.ts';
import { concat, expand, gather, pad, reshape, slice, transpose } from '../graph/layout.ts';
import { constant, int64s, node, splat } from '../graph/record.ts';
import { sizeOf, type Value, type ValueType } from '../graph/value.ts';
import { type KernelInputs, type KernelTable, kernel } from './kernel.ts';

const typeOf = (inputs: KernelInputs, dtype: string): ValueType => {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw inputs.unsupported(`type ${dtype} is not supported`);
};

const positive = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis);

/** One length may be −1: what the others leave. */
function resolveShape(x: Value, shape: readonly number[]): number[] {
  const known = shape.filter((length) => length !== -1).reduce((product, length) => product * length, 1);
  return shape.map((length) => (length === -1 ? sizeOf(x.shape) / known : length));
}

function tile(x: Value, reps: readonly number[]): Value {
  const shape = x.shape.map((length, axis) => length * reps[axis]!);
  // Repeating an axis of length 1 is broadcasting, which later operations do for nothing.
  const broadcasts = x.shape.every((length, axis) => length === 1 || reps[axis] === 1);
  return broadcasts ? expand(x, shape) : node('Tile', [x, int64s(reps)], x.type, shape);
}

function splitAt(x: Value, axis: number, lengths: readonly number[]): Value[] {
  let start = 0;
  return lengths.map((length) => {
    const begin = x.shape.map((_, at) => (at === axis ? start : 0));
    start += length;
    return slice(x, begin, x.shape.with(axis, length));
  });
}

export const shapes: KernelTable = {
  [tf.Cast]: kernel<tf.CastAttrs>((inputs, { dtype }) => cast(inputs.get('x'), typeOf(inputs, dtype))),
  [tf.Reshape]: kernel<tf.ReshapeAttrs>((inputs, { shape }) => {
    const x = inputs.get('x');
    return reshape(x, resolveShape(x, shape));
  }),
  [tf.ExpandDims]: kernel<tf.ExpandDimsAttrs>((inputs, { dim }) => {
    const x = inputs.get('input');
    return reshape(x, x.shape.toSpliced(positive(dim, x.shape.length + 1), 0, 1));
  }),
  [tf.Transpose]: kernel<tf.TransposeAttrs>((inputs, { perm }) => transpose(inputs.get('x'), perm)),
  [tf.BroadcastTo]: kernel<tf.BroadCastToAttrs>((inputs, { shape }) => expand(inputs.get('x'), shape)),
  [tf.Tile]: kernel<tf.TileAttrs>((inputs, { reps }) => tile(inputs.get('x'), reps)),
  [tf.Concat]: kernel<tf.ConcatAttrs>((inputs, { axis }) => {
    const values = inputs.all();
    return concat(values, positive(axis, values[0]!.shape.length));
  }),
  [tf.Pack]: kernel<tf.PackAttrs>((inputs, { axis }) => {
    const values = inputs.all();
    const at = positive(axis, values[0]!.shape.length + 1);
    return concat(
      values.map((value) => reshape(value, value.shape.toSpliced(at, 0, 1))),
      at,
    );
  }),
  [tf.Unpack]: kernel<tf.UnpackAttrs>((inputs, { axis }) => {
    const x = inputs.get('value');
    const at = positive(axis, x.shape.length);
    const parts = splitAt(x, at, Array(x.shape[at]!).fill(1));
    return parts.map((part) => reshape(part, x.shape.toSpliced(at, 1)));
  }),
  [tf.SplitV]: kernel<tf.SplitVAttrs>((inputs, { numOrSizeSplits, axis }) => {
    const x = inputs.get('x');
    const at = positive(axis, x.shape.length);
    return splitAt(x, at, tf.backend_util.prepareSplitSize({ shape: [...x.shape] } as tf.Tensor, numOrSizeSplits, at));
  }),
  [tf.Slice]: kernel<tf.SliceAttrs>((inputs, { begin, size }) => {
    const x = inputs.get('x');
    const start = x.shape.map((_, axis) => [begin].flat()[axis] ?? 0);
    const lengths = x.shape.map((length, axis) => {
      const asked = [size].flat()[axis] ?? -1;
      return asked === -1 ? length - start[axis]! : asked;
    });
    return slice(x, start, lengths);
  }),
  [tf.StridedSlice]: kernel<tf.StridedSliceAttrs>((inputs, attributes) => {
    const x = inputs.get('x');
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
    const plan = tf.slice_util.sliceInfo(
      [...x.shape],
      begin,
      end,
      strides,
      beginMask,
      endMask,
      ellipsisMask,
      newAxisMask,
      shrinkAxisMask,
    );
    const size = tf.slice_util.computeOutShape(plan.begin, plan.end, plan.strides);
    return reshape(slice(x, plan.begin, size, plan.strides), plan.finalShape);
  }),
  [tf.Reverse]: kernel<tf.ReverseAttrs>((inputs, { dims }) => {
    const x = inputs.get('x');
    const reversed = [dims].flat().map((axis) => positive(axis, x.shape.length));
    const begin = x.shape.map((length, axis) => (reversed.includes(axis) ? length - 1 : 0));
    return slice(
      x,
      begin,
      x.shape,
      x.shape.map((_, axis) => (reversed.includes(axis) ? -1 : 1)),
    );
  }),
  [tf.PadV2]: kernel<tf.PadV2Attrs>((inputs, { paddings, constantValue }) =>
    pad(
      inputs.get('x'),
      paddings.map(([before]) => before),
      paddings.map(([, after]) => after),
      constantValue,
    ),
  ),
  [tf.MirrorPad]: kernel<tf.MirrorPadAttrs>((inputs, { paddings, mode }) => {
    if (mode !== 'reflect') throw inputs.unsupported(`mode "${mode}" is not supported`);
    const before = paddings.map(([length]) => length);
    const after = paddings.map(([, length]) => length);
    return pad(inputs.get('x'), before, after, 0, 'reflect');
  }),
  [tf.GatherV2]: kernel<tf.GatherV2Attrs>((inputs, { axis, batchDims }) => {
    const [x, indices] = [inputs.get('x'), inputs.get('indices')];
    if (batchDims !== 0) throw inputs.unsupported('batch dimensions are not supported');
    return gather(x, indices, positive(axis, x.shape.length));
  }),
  [tf.OneHot]: kernel<tf.OneHotAttrs>((inputs, { depth, onValue, offValue, dtype }) => {
    const indices = inputs.get('indices');
    const classes = constant(
      'int32',
      [depth],
      Int32Array.from({ length: depth }, (_, at) => at),
    );
    const hit = compare('Equal', reshape(indices, [...indices.shape, 1]), classes);
    const type = typeOf(inputs, dtype ?? 'int32');
    return where(hit, scalar(onValue, type), scalar(offValue, type));
  }),
  [tf.Fill]: kernel<tf.FillAttrs>((inputs, { shape, value, dtype }) => {
    if (typeof value !== 'number') throw inputs.unsupported('text is not supported');
    return splat(typeOf(inputs, dtype), shape, dtype === 'float32' ? Math.fround(value) : value);
  }),
  [tf.ZerosLike]: (inputs) => splat(inputs.get('x').type, inputs.get('x').shape, 0),
  [tf.OnesLike]: (inputs) => splat(inputs.get('x').type, inputs.get('x').shape, 1),
  [tf.Range]: kernel<tf.RangeAttrs>((inputs, { start, stop, step, dtype }) => {
    const size = Math.max(0, Math.ceil((stop - start) / step));
    const type = typeOf(inputs, dtype);
    const values = Array.from({ length: size }, (_, at) => start + at * step);
    return constant(type, [size], type === 'float32' ? Float32Array.from(values) : Int32Array.from(values));
  }),
  [tf.LinSpace]: kernel<tf.LinSpaceAttrs>((_, { start, stop, num }) =>
    constant(
      'float32',
      [num],
      Float32Array.from({ length: num }, (__, at) => start + (at * (stop - start)) / Math.max(1, num - 1)),
    ),
  ),
};
