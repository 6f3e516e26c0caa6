import * as tf from '@tensorflow/tfjs-core';
import { agree, booleans, integers, named, numbers, valueAndGradients, valueOnly } from './support.ts';

type Unary = (x: tf.Tensor) => tf.Tensor;
type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** Each with the range of x that it is defined on. */
const differentiable: Record<string, [Unary, number, number]> = {
  abs: [tf.abs, -2, 2],
  acos: [tf.acos, -0.9, 0.9],
  acosh: [tf.acosh, 1.1, 4],
  asin: [tf.asin, -0.9, 0.9],
  asinh: [tf.asinh, -2, 2],
  atan: [tf.atan, -2, 2],
  atanh: [tf.atanh, -0.9, 0.9],
  ceil: [tf.ceil, -3, 3],
  clip: [(x) => tf.clipByValue(x, -0.5, 0.7), -2, 2],
  cos: [tf.cos, -3, 3],
  cosh: [tf.cosh, -2, 2],
  elu: [tf.elu, -3, 3],
  erf: [tf.erf, -2, 2],
  exp: [tf.exp, -5, 3],
  expm1: [tf.expm1, -1, 1],
  'expm1 near 0': [tf.expm1, -1e-5, 1e-5],
  'expm1 far': [tf.expm1, -120, 80],
  floor: [tf.floor, -3, 3],
  leakyRelu: [(x) => tf.leakyRelu(x, 0.3), -2, 2],
  log: [tf.log, 0.1, 9],
  log1p: [tf.log1p, -0.9, 3],
  'log1p near 0': [tf.log1p, -1e-5, 1e-5],
  logSigmoid: [tf.logSigmoid, -90, 90],
  neg: [tf.neg, -2, 2],
  reciprocal: [tf.reciprocal, 0.2, 3],
  relu: [tf.relu, -2, 2],
  relu6: [tf.relu6, -3, 9],
  rsqrt: [tf.rsqrt, 0.1, 4],
  selu: [tf.selu, -3, 3],
  sigmoid: [tf.sigmoid, -9, 9],
  sign: [tf.sign, -2, 2],
  sin: [tf.sin, -3, 3],
  sinh: [tf.sinh, -2, 2],
  softplus: [tf.softplus, -90, 90],
  sqrt: [tf.sqrt, 0.1, 4],
  square: [tf.square, -3, 3],
  step: [(x) => tf.step(x), -2, 2],
  'step with slope': [(x) => tf.step(x, 0.25), -2, 2],
  'step with a negative slope': [(x) => tf.step(x, -1.5), -2, 2],
  tan: [tf.tan, -1.2, 1.2],
  tanh: [tf.tanh, -4, 4],
};

const pairs: Record<string, Binary> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  maximum: tf.maximum,
  minimum: tf.minimum,
  pow: tf.pow,
  squaredDifference: tf.squaredDifference,
};

const broadcasts: [number[], number[]][] = [
  [
    [2, 3, 4],
    [2, 3, 4],
  ],
  [[2, 3, 4], [4]],
  [[5], [3, 1]],
  [[], [2, 3]],
  [
    [3, 1, 5],
    [1, 4, 1],
  ],
];

describe('elementwise kernels agree with the oracle', () => {
  for (const [name, [f, low, high]] of Object.entries(differentiable)) {
    it(`${name}, value and gradient`, () => agree(valueAndGradients(f), named([numbers([3, 7], low, high)]), 4e-6));
  }

  for (const [name, f] of Object.entries(pairs)) {
    for (const [a, b] of broadcasts) {
      it(`${name} of [${a}] and [${b}], value and gradients`, () =>
        agree(valueAndGradients(f as never), named([numbers(a, 0.2, 2, 1), numbers(b, 0.2, 2, 2)]), 4e-6));
    }
  }

  it('comparisons, of floats, integers and booleans', async () => {
    const comparisons = [tf.equal, tf.notEqual, tf.greater, tf.greaterEqual, tf.less, tf.lessEqual];
    const all = (a: tf.Tensor, b: tf.Tensor) => tf.stack(comparisons.map((compare) => tf.cast(compare(a, b), 'int32')));
    await agree(valueOnly(all as never), named([numbers([9]), numbers([2, 9], -1, 1, 1)]));
    await agree(valueOnly(all as never), named([integers([20], 0, 4), integers([20], 0, 4, 1)]));
    await agree(valueOnly(all as never), named([booleans([20]), booleans([20], 1)]));
  });

  it('logic', () =>
    agree(
      ({ x0, x1 }) => ({
        and: tf.logicalAnd(x0!, x1!),
        or: tf.logicalOr(x0!, x1!),
        xor: tf.logicalXor(x0!, x1!),
        not: tf.logicalNot(x0!),
      }),
      named([booleans([2, 8]), booleans([2, 8], 1)]),
    ));

  it('integer arithmetic, division rounding down', () =>
    agree(
      ({ x0: a, x1: b }) => ({
        add: tf.add(a!, b!),
        mul: tf.mul(a!, b!),
        floorDiv: tf.floorDiv(a!, b!),
        mod: tf.mod(a!, b!),
        max: tf.maximum(a!, b!),
        abs: tf.abs(a!),
        neg: tf.neg(a!),
      }),
      named([integers([40], -9, 9), integers([40], 1, 5, 1)]),
    ));

  it('floored division and remainder of floats of either sign', () =>
    agree(
      ({ x0: a, x1: b }) => ({ floorDiv: tf.floorDiv(a!, b!), mod: tf.mod(a!, b!) }),
      named([numbers([40], -9, 9), numbers([40], -3, 3, 1)]),
    ));

  it('where, with a condition of the same shape and by rows', async () => {
    const where = (c: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.where(tf.cast(c, 'bool'), a, b);
    await agree(valueOnly(where as never), named([booleans([4, 3]), numbers([4, 3]), numbers([4, 3], -1, 1, 1)]));
    await agree(valueOnly(where as never), named([booleans([4]), numbers([4]), numbers([4], -1, 1, 1)]));
  });

  it('addN and prelu with gradients', async () => {
    await agree(
      valueAndGradients((...all) => tf.addN(all)),
      named([0, 1, 2].map((use) => numbers([2, 5], -1, 1, use))),
    );
    await agree(valueAndGradients(tf.prelu as never), named([numbers([4, 5]), numbers([5], 0.1, 0.5, 1)]));
  });

  it('infinity and NaN are told from finite numbers', () =>
    agree(
      ({ x0 }) => ({ nan: tf.isNaN(x0!), inf: tf.isInf(x0!), finite: tf.isFinite(x0!) }),
      named([{ dtype: 'float32', shape: [5], data: Float32Array.of(1, Number.NaN, 1 / 0, -1 / 0, 3e38) }]),
    ));

  it('casts between every two types', () =>
    agree(
      ({ x0, x1, x2 }) => ({
        floatToInt: tf.cast(x0!, 'int32'),
        floatToBool: tf.cast(x0!, 'bool'),
        intToFloat: tf.cast(x1!, 'float32'),
        intToBool: tf.cast(x1!, 'bool'),
        boolToFloat: tf.cast(x2!, 'float32'),
        boolToInt: tf.cast(x2!, 'int32'),
      }),
      named([numbers([9], -5, 5), integers([9], -2, 2), booleans([9])]),
    ));
});
