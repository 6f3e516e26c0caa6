import * as tf from '@tensorflow/tfjs-core';
import { agree, booleans, integers, named, numbers, valueAndGradients } from './support.ts';

const reductions = { sum: tf.sum, mean: tf.mean, max: tf.max, min: tf.min } as const;
const shape = [4, 3, 5];
const axes: (number | number[] | undefined)[] = [undefined, 0, -1, [0, 1], [0, 2], [1]];

describe('reductions agree with the oracle', () => {
  for (const [name, reduce] of Object.entries(reductions)) {
    for (const axis of axes) {
      for (const keepDims of [false, true]) {
        it(`${name} over ${axis === undefined ? 'all axes' : `[${axis}]`}${keepDims ? ', kept' : ''}`, () =>
          agree(
            valueAndGradients((x) => reduce(x!, axis, keepDims)),
            named([numbers(shape, 0.5, 1.5)]),
            4e-6,
          ));
      }
    }
  }

  it('products and running sums', () =>
    agree(
      ({ x0 }) => ({
        prod: tf.prod(x0!, 1),
        all: tf.prod(x0!),
        cumsum: tf.cumsum(x0!, 1),
        after: tf.cumsum(x0!, 0, true, true),
      }),
      named([numbers(shape, 0.5, 1.5)]),
    ));

  it('sums and means over many rows', () =>
    agree(
      valueAndGradients((x) => tf.add(tf.sum(x!, [0, 1, 2]), tf.mean(x!, [0, 1, 2]))),
      named([numbers([8, 9, 7, 5])]),
      2e-5,
    ));

  it('moments with gradients', () =>
    agree(
      valueAndGradients((x) => tf.moments(x!, [0, 1, 2]).variance),
      named([numbers([8, 4, 4, 6], 2, 3)]),
      2e-5,
    ));

  it('integers, booleans and positions', () =>
    agree(
      ({ x0, x1, x2 }) => ({
        intSum: tf.sum(x0!, 1),
        intMax: tf.max(x0!, 0),
        boolSum: tf.sum(x1!),
        all: tf.all(x1!, 1),
        any: tf.any(x1!, 0),
        argMax: tf.argMax(x2!, 1),
        argMin: tf.argMin(x2!, 0),
      }),
      named([integers([4, 5], -9, 9), booleans([4, 5]), numbers([4, 5])]),
    ));

  it('softmax and its logarithm, with gradients', async () => {
    await agree(
      valueAndGradients((x) => tf.softmax(x!)),
      named([numbers([4, 6], -5, 5)]),
      1e-5,
    );
    await agree(
      valueAndGradients((x) => tf.logSoftmax(x!)),
      named([numbers([4, 6], -5, 5)]),
      1e-5,
    );
  });

  it('losses from logits', () =>
    agree(
      valueAndGradients((x) => tf.losses.sigmoidCrossEntropy(tf.ones([6, 1]), x!)),
      named([numbers([6, 1], -30, 30)]),
    ));
});
