/** Kernels that move, repeat, pick or make elements without computing on them. */
import * as tf from '@tensorflow/tfjs-core';
import { cast, compare, scalar, where } from '../graph/arithmetic.ts';
import { concat, expand, pad, reshape, slice, transpose } from '../graph/layout.ts';
import { constant, int64s, node, splat } from '../graph/record.ts';
import { sameShape, sizeOf, type Value, type ValueType } from '../graph/value.ts';
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

/** Continues `x` along an axis by its mirror image; "symmetric" repeats the border itself. */
function mirror(x: Value, axis: number, before: number, after: number, mode: 'reflect' | 'symmetric'): Value {
  const length = x.shape[axis]!;
  const skip = mode === 'reflect' ? 1 : 0;
  const backwards = (first: number, count: number) =>
    slice(
      x,
      x.shape.map((_, at) => (at === axis ? first : 0)),
      x.shape.with(axis, count),
      x.shape.map((_, at) => (at === axis ? -1 : 1)),
    );
  const parts = [backwards(before - 1 + skip, before), x, backwards(length - 1 - skip, after)];
  return concat(
    parts.filter((part) => part.shape[axis] !== 0),
    axis,
  );
}

export const shapes: KernelTable = {
  [tf.Cast]: kernel<tf.CastAttrs>((inputs, { dtype }) => cast(inputs.get('x'), typeOf(inputs, dtype))),
  [tf.Reshape]: kernel<tf.ReshapeAttrs>((inputs, { shape }) => {
    const x = inputs.get('x');
    return reshape(x, resolveShape(x, shape));
  }),
  [tf.ExpandDims]: kernel<tf.ExpandDimsAttrs>((inputs, { dim }) => {
    const x = inputs.get('input');
    const at = positive(dim, x.shape.length + 1);
    if (at < 0 || at > x.shape.length) throw new RangeError(`there is no axis ${dim} to add.`);
    return reshape(x, x.shape.toSpliced(at, 0, 1));
  }),
  [tf.Transpose]: kernel<tf.TransposeAttrs>((inputs, { perm }) => transpose(inputs.get('x'), perm)),
  [tf.BroadcastTo]: kernel<tf.BroadCastToAttrs>((inputs, { shape }) => expand(inputs.get('x'), shape)),
  [tf.Tile]: kernel<tf.TileAttrs>((inputs, { reps }) => tile(inputs.get('x'), reps)),
  [tf.Concat]: kernel<tf.ConcatAttrs>((inputs, { axis }) => {
    const values = inputs.all();
    const at = positive(axis, values[0]!.shape.length);
    tf.backend_util.assertParamsConsistent(
      values.map(({ shape }) => [...shape]),
      at,
    );
    return concat(values, at);
  }),
  [tf.Pack]: kernel<tf.PackAttrs>((inputs, { axis }) => {
    const values = inputs.all();
    const first = values[0]!;
    const odd = values.find(({ type, shape }) => type !== first.type || !sameShape(shape, first.shape));
    if (odd !== undefined) {
      throw new RangeError(`a ${odd.type}[${odd.shape}] cannot be stacked on a ${first.type}[${first.shape}].`);
    }
    const at = positive(axis, first.shape.length + 1);
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
    const asTensor = { shape: [...x.shape], rank: x.shape.length } as tf.Tensor;
    const [start, lengths] = tf.slice_util.parseSliceParams(asTensor, begin, size);
    tf.slice_util.assertParamsValid(asTensor, start!, lengths!);
    return slice(x, start!, lengths!);
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
    const shape = plan.finalShape.map((length) => Math.max(0, length));
    if (sizeOf(shape) === 0) return splat(x.type, shape, 0);
    return reshape(slice(x, plan.begin, size, plan.strides), shape);
  }),
  [tf.Reverse]: kernel<tf.ReverseAttrs>((inputs, { dims }) => {
    const x = inputs.get('x');
    const reversed = tf.util.parseAxisParam(dims, [...x.shape]);
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
  [tf.MirrorPad]: kernel<tf.MirrorPadAttrs>((inputs, { paddings, mode }) =>
    paddings.reduce((x, [before, after], axis) => mirror(x, axis, before, after, mode), inputs.get('x')),
  ),
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
    // A step of 1 is also what a program gets that gives none; it then goes either way.
    const by = stop < start && step === 1 ? -1 : step;
    const size = Math.max(0, Math.ceil((stop - start) / by));
    const type = typeOf(inputs, dtype);
    const values = Array.from({ length: size }, (_, at) => start + at * by);
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
