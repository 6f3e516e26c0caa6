import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { agree, booleans, compiledEngine, integers, named, numbers, runOn, valueAndGradients } from './support.ts';

const asIndices = (x: tf.Tensor | undefined) => x as tf.Tensor1D;

describe('kernels that pick and place by recorded indices agree with the oracle', () => {
  it('gather along any axis, in batches, and its gradient', () =>
    agree(
      ({ x0, x1, x2 }) => ({
        first: tf.gather(x0!, asIndices(x1), 0),
        middle: tf.gather(x0!, tf.reshape(x1!, [2, 2]), 1),
        batched: tf.gather(x0!, asIndices(x2), 1, 1),
        deeper: tf.gather(x0!, asIndices(x2), 2, 1),
        gradient: tf.grad((x) => tf.sum(tf.square(tf.gather(x, asIndices(x1), 0))))(x0!),
      }),
      named([numbers([3, 4, 2]), integers([4], 0, 3), integers([3, 2], 0, 2, 1)]),
    ));

  it('sums the gradient of an embedding too large for a one-hot product', async () => {
    const at = integers([300], 0, 5000);
    const { gradient } = await runOn(
      await compiledEngine(),
      ({ x0, x1 }) => ({ gradient: tf.grad((x) => tf.sum(tf.gather(x, asIndices(x1))))(x0!) }),
      named([numbers([5000, 2]), at]),
    );
    const expected = new Float32Array(10000);
    for (const row of at.data) for (const column of [0, 1]) expected[2 * row + column]! += 1;
    assert.deepEqual(gradient?.data, expected);
  });

  it('gatherND, scatterND with repeats, tensorScatterUpdate, unsortedSegmentSum', () =>
    agree(
      ({ x0, x1, x2, x3 }) => ({
        gathered: tf.gatherND(x0!, x1!),
        scattered: tf.scatterND(x1!, x2!, [3, 4, 2]),
        ints: tf.scatterND(x1!, tf.cast(tf.mul(x2!, 10), 'int32'), [3, 4, 2]),
        updated: tf.tensorScatterUpdate(x0!, tf.reshape(tf.range(0, 3, 1, 'int32'), [3, 1]), x0!),
        segments: tf.unsortedSegmentSum(x2!, asIndices(x3), 4),
        gradient: tf.grad((x) => tf.sum(tf.square(tf.unsortedSegmentSum(x, asIndices(x3), 4))))(x2!),
      }),
      named([numbers([3, 4, 2]), integers([6, 2], 0, 3), numbers([6, 2], -1, 1, 1), integers([6], 0, 4, 2)]),
    ));

  it('sparseToDense and diag', () =>
    agree(
      ({ x0, x1 }) => ({
        dense: tf.sparseToDense(
          tf.tensor2d(
            [
              [0, 1],
              [2, 3],
              [1, 0],
            ],
            [3, 2],
            'int32',
          ),
          x0!,
          [3, 4],
          tf.squeeze(x1!) as tf.Scalar,
        ),
        diag: tf.diag(x0!),
      }),
      named([numbers([3]), numbers([1], 2, 3)]),
    ));
});

describe('kernels that sort and count agree with the oracle', () => {
  it('topk of floats and ints', () =>
    agree(
      ({ x0, x1 }) => {
        const floats = tf.topk(x0!, 3);
        const ints = tf.topk(x1!, 2);
        return { values: floats.values, indices: floats.indices, ints: ints.values, places: ints.indices };
      },
      named([numbers([2, 3, 7]), integers([4, 9], -5, 5)]),
    ));

  it('searchSorted on both sides', () =>
    agree(
      ({ x0, x1 }) => ({
        lower: tf.lowerBound(tf.cumsum(tf.abs(x0!), 1), x1!),
        upper: tf.upperBound(tf.cumsum(tf.abs(x0!), 1), x1!),
      }),
      named([numbers([2, 6]), numbers([2, 4], -1, 3, 1)]),
    ));

  it('bincount and denseBincount, weighted and binary', () =>
    agree(
      ({ x0, x1, x2 }) => ({
        plain: tf.bincount(x0 as tf.Tensor1D, tf.tensor1d([]), 5),
        weighted: tf.bincount(x0 as tf.Tensor1D, x1 as tf.Tensor1D, 4),
        dense: tf.denseBincount(x2 as tf.Tensor2D, tf.tensor2d([], [0, 0]), 5),
        binary: tf.denseBincount(x2 as tf.Tensor2D, tf.tensor2d([], [0, 0]), 5, true),
      }),
      named([integers([9], 0, 6), numbers([9]), integers([2, 6], 0, 5, 1)]),
    ));

  it('cumulative products', () =>
    agree(
      ({ x0 }) => ({
        plain: tf.cumprod(x0!, 1),
        exclusive: tf.cumprod(x0!, 0, true),
        reverse: tf.cumprod(x0!, 1, false, true),
        both: tf.cumprod(x0!, 1, true, true),
      }),
      named([numbers([3, 5], 0.5, 1.5)]),
    ));
});

describe('kernels on images and blocks agree with the oracle', () => {
  const image = [2, 6, 4, 4];
  const four = (x: tf.Tensor | undefined) => x as tf.Tensor4D;
  // The oracle transforms the first image of a batch only.
  const one = (x: tf.Tensor | undefined) => tf.slice(x!, 0, 1) as tf.Tensor4D;

  it('depthToSpace, spaceToBatchND and batchToSpaceND, with gradients', () =>
    agree(
      ({ x0 }) => ({
        deep: tf.depthToSpace(four(x0), 2),
        toBatch: tf.spaceToBatchND(
          x0!,
          [2, 2],
          [
            [0, 0],
            [1, 1],
          ],
        ),
        back: tf.batchToSpaceND(
          tf.tile(x0!, [2, 1, 1, 1]),
          [2, 1],
          [
            [1, 0],
            [0, 0],
          ],
        ),
        gradient: tf.grad((x) => tf.sum(tf.square(tf.spaceToBatchND(x, [2], [[1, 1]]))))(x0!),
      }),
      named([numbers(image)]),
    ));

  it('crops, flips, rotations and projective transforms', () =>
    agree(
      ({ x0, x1, x2, x3 }) => ({
        bilinear: tf.image.cropAndResize(four(x0), x1 as tf.Tensor2D, x2 as tf.Tensor1D, [3, 5], 'bilinear', 0.5),
        nearest: tf.image.cropAndResize(four(x0), x1 as tf.Tensor2D, x2 as tf.Tensor1D, [4, 2], 'nearest'),
        one: tf.image.cropAndResize(four(x0), x1 as tf.Tensor2D, x2 as tf.Tensor1D, [1, 1], 'bilinear'),
        flipped: tf.image.flipLeftRight(four(x0)),
        rotated: tf.image.rotateWithOffset(four(x0), 0.7, [1, 2, 3], 0.4),
        transformed: tf.image.transform(one(x0), x3 as tf.Tensor2D, 'bilinear', 'constant', 0.25, [5, 7]),
        reflected: tf.image.transform(one(x0), x3 as tf.Tensor2D, 'nearest', 'reflect'),
        wrapped: tf.image.transform(one(x0), x3 as tf.Tensor2D, 'bilinear', 'wrap'),
        clamped: tf.image.transform(one(x0), x3 as tf.Tensor2D, 'nearest', 'nearest'),
      }),
      named([numbers(image), numbers([3, 4], -0.1, 1.1, 1), integers([3], 0, 2, 2), numbers([1, 8], -0.4, 0.9, 3)]),
      // A coordinate that rounds otherwise moves by a pixel; these do not, and the rest is arithmetic.
      1e-4,
    ));

  it('mirror padding that repeats the border', () =>
    agree(
      ({ x0 }) => ({
        y: tf.mirrorPad(
          x0!,
          [
            [1, 2],
            [2, 1],
          ],
          'symmetric',
        ),
      }),
      named([numbers([4, 5])]),
    ));

  it('local response normalisation and its gradient', () =>
    agree(
      valueAndGradients((x) => tf.localResponseNormalization(x as tf.Tensor4D, 2, 1, 0.5, 0.75)),
      named([numbers([1, 2, 3, 8])]),
      1e-5,
    ));
});

describe('einsum agrees with the oracle', () => {
  for (const [equation, ...shapes] of [
    ['ij,jk->ik', [3, 4], [4, 5]],
    ['bij,bkj->bik', [2, 3, 4], [2, 5, 4]],
    ['ijk->kj', [2, 3, 4]],
    ['bhqd,bhkd->bhqk', [1, 2, 3, 4], [1, 2, 5, 4]],
  ] as const) {
    it(equation, () =>
      agree(
        (inputs) => ({
          y: tf.einsum(
            equation,
            ...Object.keys(inputs)
              .sort()
              .map((name) => inputs[name]!),
          ),
        }),
        named(shapes.map((shape, use) => numbers(shape, -1, 1, use))),
      ),
    );
  }
});

describe('booleans and special numbers agree with the oracle', () => {
  it('arithmetic and reductions of booleans', () =>
    agree(
      ({ x0, x1 }) => ({
        any: tf.any(x0!, 1),
        all: tf.all(x0!, 0),
        times: tf.mul(x0!, x1!),
        most: tf.argMax(x0!, 1),
        sum: tf.sum(x0!, 1),
        xor: tf.logicalXor(x0!, x1!),
      }),
      named([booleans([4, 3]), booleans([4, 3], 1)]),
    ));

  it('NaN in extremes, signs and arguments of extremes', () => {
    const data = Float32Array.of(1, Number.NaN, 3, 4, 5, 6, Number.NEGATIVE_INFINITY, 2, Number.POSITIVE_INFINITY);
    return agree(
      ({ x0 }) => ({
        max: tf.max(x0!, 1),
        min: tf.min(x0!, 0),
        greatest: tf.argMax(x0!, 1),
        least: tf.argMin(x0!, 1),
        sign: tf.sign(x0!),
        isNaN: tf.isNaN(x0!),
        isInf: tf.isInf(x0!),
      }),
      { x0: { dtype: 'float32', shape: [3, 3], data } },
    );
  });

  it('division, remainder and angles of all signs', () =>
    agree(
      ({ x0, x1, x2, x3 }) => ({
        floorDiv: tf.floorDiv(x0!, x1!),
        mod: tf.mod(x0!, x1!),
        quotient: tf.floorDiv(x2!, x3!),
        rest: tf.mod(x2!, x3!),
        angle: tf.atan2(x0!, x1!),
        bits: tf.bitwiseAnd(tf.abs(x2!), tf.abs(x3!)),
        rounded: tf.round(x2!),
        six: tf.relu6(x2!),
      }),
      named([numbers([20], -5, 5), numbers([20], -3, 3, 1), integers([20], -9, 9, 2), integers([20], 1, 5, 3)]),
    ));
});
