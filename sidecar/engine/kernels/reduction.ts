/** Kernels that reduce axes, and softmax. */
import * as tf from '@tensorflow/tfjs-core';
import { add, cast, mul, reduce, scalar, unary, where } from '../graph/arithmetic.ts';
import { reshape, slice } from '../graph/layout.ts';
import { constant, node } from '../graph/record.ts';
import { int, type Value } from '../graph/value.ts';
import { type Kernel, type KernelTable, kernel } from './kernel.ts';
import { shift } from './rows.ts';

interface Reduction {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

function axesOf(x: Value, axis: number | number[] | undefined): number[] {
  if (axis === undefined || axis === null) return x.shape.map((_, at) => at);
  return [axis].flat().map((at) => (at < 0 ? at + x.shape.length : at));
}

const keepAxes = (x: Value, axes: readonly number[]) =>
  x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));

const reduction = (op: string): Kernel =>
  kernel<Reduction>((inputs, { axis, keepDims }) => {
    const x = inputs.get('x');
    const axes = axesOf(x, axis);
    const reduced = reduce(op, x, axes);
    return keepDims ? reshape(reduced, keepAxes(x, axes)) : reduced;
  });

/** ONNX has no logical reductions: the least or greatest of 0 and 1. */
const logicalReduction = (op: string): Kernel => {
  const numeric = reduction(op);
  return kernel<Reduction>((inputs, attributes) => {
    const asNumbers = inputs.with('x', cast(inputs.get('x'), 'int32'));
    return cast(numeric(asNumbers, { ...attributes }) as Value, 'bool');
  });
};

const argReduction = (op: string): Kernel =>
  kernel<tf.ArgMaxAttrs>((inputs, { axis }) => {
    const given = inputs.get('x');
    // Comparisons with NaN are false, so it is never the greatest or least.
    const worst = scalar(op === 'ArgMax' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
    const numbers = given.type === 'bool' ? cast(given, 'int32') : given;
    const x = given.type === 'float32' ? where(unary('IsNaN', given, {}, 'bool'), worst, given) : numbers;
    const at = axesOf(x, axis)[0] ?? 0;
    const shape = x.shape.filter((_, other) => other !== at);
    return cast(node(op, [x], 'int64', shape, { axis: int(at), keepdims: int(0) }), 'int32');
  });

const overAxis = (op: string, axis: number, x: Value) =>
  node(op, [x], x.type, x.shape, { axis: int(axis < 0 ? axis + x.shape.length : axis) });

/** The greatest or least along axes; NaN where one of them is, which ONNX Runtime does not keep to. */
const extreme = (op: string): Kernel => {
  const plain = reduction(op);
  const sum = reduction('ReduceSum');
  return (inputs, attributes) => {
    const x = inputs.get('x');
    if (x.type === 'bool') return cast(plain(inputs.with('x', cast(x, 'int32')), attributes) as Value, 'bool');
    const found = plain(inputs, attributes) as Value;
    if (x.type !== 'float32') return found;
    const missing = where(unary('IsNaN', x, {}, 'bool'), scalar(Number.NaN), scalar(0));
    return add(found, sum(inputs.with('x', missing), attributes) as Value);
  };
};

/** Products of all elements so far, each round over twice as many (Hillis and Steele 1986). */
function cumulativeProduct(x: Value, axis: number, exclusive: boolean, reverse: boolean): Value {
  const turn = (value: Value) =>
    reverse
      ? slice(
          value,
          value.shape.map((length, at) => (at === axis ? length - 1 : 0)),
          value.shape,
          value.shape.map((_, at) => (at === axis ? -1 : 1)),
        )
      : value;
  let products = exclusive ? shift(turn(x), axis, 1, 1) : turn(x);
  for (let by = 1; by < x.shape[axis]!; by *= 2) products = mul(products, shift(products, axis, by, 1));
  return turn(products);
}

export const reductions: KernelTable = {
  [tf.Sum]: reduction('ReduceSum'),
  [tf.Mean]: kernel<Reduction>((inputs, attributes) => {
    const asFloat = inputs.with('x', cast(inputs.get('x'), 'float32'));
    return reduction('ReduceMean')(asFloat, { ...attributes });
  }),
  [tf.Max]: kernel<tf.MaxAttrs>((inputs, { reductionIndices, keepDims }) =>
    extreme('ReduceMax')(inputs, { axis: reductionIndices, keepDims }),
  ),
  [tf.Min]: extreme('ReduceMin'),
  [tf.Prod]: reduction('ReduceProd'),
  [tf.All]: logicalReduction('ReduceMin'),
  [tf.Any]: logicalReduction('ReduceMax'),
  [tf.Cumsum]: kernel<tf.CumsumAttrs>((inputs, { axis, exclusive, reverse }) => {
    const x = inputs.get('x');
    const at = constant('int32', [], Int32Array.of(axesOf(x, axis)[0] ?? 0));
    const how = { exclusive: int(Number(exclusive)), reverse: int(Number(reverse)) };
    return node('CumSum', [x, at], x.type, x.shape, how);
  }),
  [tf.Cumprod]: kernel<tf.CumprodAttrs>((inputs, { axis, exclusive, reverse }) => {
    const x = inputs.get('x');
    return cumulativeProduct(x, axesOf(x, axis)[0] ?? 0, exclusive, reverse);
  }),
  [tf.ArgMax]: argReduction('ArgMax'),
  [tf.ArgMin]: argReduction('ArgMin'),
  [tf.Softmax]: kernel<tf.SoftmaxAttrs>((inputs, { dim }) => overAxis('Softmax', dim, inputs.get('logits'))),
  [tf.LogSoftmax]: kernel<tf.LogSoftmaxAttrs>((inputs, { axis }) => overAxis('LogSoftmax', axis, inputs.get('logits'))),
};
