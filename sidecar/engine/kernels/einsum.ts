/** Sums of products over named axes. */
import * as tf from '@tensorflow/tfjs-core';
import { node } from '../graph/record.ts';
import { text, type Value } from '../graph/value.ts';
import { type KernelTable, kernel, RefusedNumbers } from './kernel.ts';

function decode(equation: string, operands: number) {
  try {
    return tf.backend_util.decodeEinsumEquation(equation, operands);
  } catch (cause) {
    throw new RefusedNumbers((cause as Error).message);
  }
}

export const einsum: KernelTable = {
  [tf.Einsum]: kernel<tf.EinsumAttrs>((inputs, { equation }) => {
    const values = inputs.all();
    const { allDims, summedDims, idDims } = decode(equation, values.length);
    const tensors = values.map(({ shape }) => ({ shape: [...shape] }) as tf.Tensor);
    tf.backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors);
    const lengthOf = (dim: number): number => {
      const holder = idDims.findIndex((dims) => dims.includes(dim));
      return values[holder]!.shape[idDims[holder]!.indexOf(dim)]!;
    };
    const shape = allDims
      .map((_, dim) => dim)
      .filter((dim) => !summedDims.includes(dim))
      .map(lengthOf);
    const first = values[0] as Value;
    return node('Einsum', values, first.type, shape, { equation: text(equation.replace(/\s/g, '')) });
  }),
};
