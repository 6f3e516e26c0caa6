/** Matrix products, with and without the bias and activation that inference fuses into them. */
import * as tf from '@tensorflow/tfjs-core';
import { add, matmul, unary } from '../graph/arithmetic.ts';
import { float, type Value } from '../graph/value.ts';
import { elementwise } from './elementwise.ts';
import { type KernelInputs, type KernelTable, kernel } from './kernel.ts';

interface Activation {
  readonly activation: string;
  readonly leakyreluAlpha?: number;
}

/** Adds `bias` and applies `activation`, as TensorFlow.js's fused kernels do. */
export function finish(x: Value, inputs: KernelInputs, { activation, leakyreluAlpha }: Activation): Value {
  const bias = inputs.maybe('bias');
  const y = bias === null ? x : add(x, bias);
  switch (activation) {
    case 'linear':
      return y;
    case 'relu':
      return unary('Relu', y);
    case 'leakyrelu':
      return unary('LeakyRelu', y, { alpha: float(leakyreluAlpha ?? 0.2) });
    case 'elu':
      return unary('Elu', y);
    case 'sigmoid':
      return unary('Sigmoid', y);
    case 'relu6':
      return elementwise[tf.Relu6]!(inputs.with('x', y), {}) as Value;
    case 'prelu':
      return elementwise[tf.Prelu]!(
        inputs.with('x', y).with('alpha', inputs.get('preluActivationWeights')),
        {},
      ) as Value;
    default:
      throw inputs.unsupported(`activation "${activation}" is not supported`);
  }
}

/** The product of two kernel inputs, whose shapes are checked. */
function product(inputs: KernelInputs, transposeA: boolean, transposeB: boolean): Value {
  const [a, b] = [inputs.get('a'), inputs.get('b')];
  if (a.shape.length < 2 || b.shape.length < 2) throw new RangeError('a matrix product needs two axes or more.');
  const [columns, rows] = [a.shape.at(transposeA ? -2 : -1), b.shape.at(transposeB ? -1 : -2)];
  if (columns !== rows) throw new RangeError(`rows of ${columns} do not fit columns of ${rows}.`);
  return matmul(a, b, transposeA, transposeB);
}

export const linearAlgebra: KernelTable = {
  [tf.BatchMatMul]: kernel<tf.BatchMatMulAttrs>((inputs, { transposeA, transposeB }) =>
    product(inputs, transposeA, transposeB),
  ),
  [tf._FusedMatMul]: kernel<tf._FusedMatMulAttrs>((inputs, attributes) => {
    const { transposeA, transposeB, activation, leakyreluAlpha } = attributes;
    const multiplied = product(inputs, transposeA, transposeB);
    return finish(multiplied, inputs, leakyreluAlpha === undefined ? { activation } : { activation, leakyreluAlpha });
  }),
};
