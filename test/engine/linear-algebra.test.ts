import * as tf from '@tensorflow/tfjs-core';
import { agree, named, numbers, valueAndGradients, valueOnly } from './support.ts';

const turned = (shape: readonly number[], turn: boolean) =>
  turn ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : [...shape];

describe('matrix products agree with the oracle', () => {
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      const how = `${transposeA ? 'aᵀ' : 'a'} ${transposeB ? 'bᵀ' : 'b'}`;
      it(`${how}, value and gradients`, () =>
        agree(
          valueAndGradients((a, b) => tf.matMul(a!, b!, transposeA, transposeB)),
          named([numbers(turned([5, 7], transposeA)), numbers(turned([7, 3], transposeB), -1, 1, 1)]),
        ));
      it(`${how} in batches, value and gradients`, () =>
        agree(
          valueAndGradients((a, b) => tf.matMul(a!, b!, transposeA, transposeB)),
          named([numbers(turned([4, 5, 7], transposeA)), numbers(turned([4, 7, 3], transposeB), -1, 1, 1)]),
        ));
    }
  }

  it('a batch by one matrix', () =>
    agree(
      valueOnly((a, b) => tf.matMul(a!, b!)),
      named([numbers([4, 5, 7]), numbers([1, 7, 3], -1, 1, 1)]),
    ));

  it('a dense layer: product, bias and activation', () =>
    agree(
      valueAndGradients((x, w, b) => tf.leakyRelu(tf.add(tf.matMul(x!, w!), b!), 0.2)),
      named([numbers([6, 5]), numbers([5, 4], -1, 1, 1), numbers([4], -1, 1, 2)]),
    ));

  for (const activation of ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const) {
    it(`fused with bias and ${activation}`, () =>
      agree(
        valueOnly((a, b, bias) => tf.fused.matMul({ a: a!, b: b!, bias: bias!, activation })),
        named([numbers([5, 7]), numbers([7, 3], -1, 1, 1), numbers([3], -1, 1, 2)]),
      ));
  }
});
