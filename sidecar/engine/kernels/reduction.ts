/** Kernels that reduce axes, and softmax. */
import * as tf from '@tensorflow/tfjs-core';
import { cast, reduce } from '../graph/arithmetic.ts';
import { reshape } from '../graph/layout.ts';
import { constant, node } from '../graph/record.ts';
import { int, type Value } from '../graph/value.ts';
import { type Kernel, type KernelTable, kernel } from './kernel.ts';

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
    const x = inputs.get('x');
    const at = axesOf(x, axis)[0] ?? 0;
    const shape = x.shape.filter((_, other) => other !== at);
    return cast(node(op, [x], 'int64', shape, { axis: int(at), keepdims: int(0) }), 'int32');
  });

const overAxis = (op: string, axis: number, x: Value) =>
  node(op, [x], x.type, x.shape, { axis: int(axis < 0 ? axis + x.shape.length : axis) });

export const reductions: KernelTable = {
  [tf.Sum]: reduction('ReduceSum'),
  [tf.Mean]: kernel<Reduction>((inputs, attributes) => {
    const asFloat = inputs.with('x', cast(inputs.get('x'), 'float32'));
    return reduction('ReduceMean')(asFloat, { ...attributes });
  }),
  [tf.Max]: kernel<tf.MaxAttrs>((inputs, { reductionIndices, keepDims }) =>
    reduction('ReduceMax')(inputs, { axis: reductionIndices, keepDims }),
  ),
  [tf.Min]: reduction('ReduceMin'),
  [tf.Prod]: reduction('ReduceProd'),
  [tf.All]: logicalReduction('ReduceMin'),
  [tf.Any]: logicalReduction('ReduceMax'),
  [tf.Cumsum]: kernel<tf.CumsumAttrs>((inputs, { axis, exclusive, reverse }) => {
    const x = inputs.get('x');
    const at = constant('int32', [], Int32Array.of(axesOf(x, axis)[0] ?? 0));
    const how = { exclusive: int(Number(exclusive)), reverse: int(Number(reverse)) };
    return node('CumSum', [x, at], x.type, x.shape, how);
  }),
  [tf.ArgMax]: argReduction('ArgMax'),
  [tf.ArgMin]: argReduction('ArgMin'),
  [tf.Softmax]: kernel<tf.SoftmaxAttrs>((inputs, { dim }) => overAxis('Softmax', dim, inputs.get('logits'))),
  [tf.LogSoftmax]: kernel<tf.LogSoftmaxAttrs>((inputs, { axis }) => overAxis('LogSoftmax', axis, inputs.get('logits'))),
};
