import * as tf from '@tensorflow/tfjs-core';
import { agree, booleans, integers, named, numbers, valueAndGradients, valueOnly } from './support.ts';

const image = [2, 5, 4, 3];

const differentiable: Record<string, [(...x: tf.Tensor[]) => tf.Tensor, number[][]]> = {
  reshape: [(x) => tf.reshape(x!, [-1, 6]), [image]],
  expandDims: [(x) => tf.expandDims(x!, -1), [[3, 4]]],
  squeeze: [(x) => tf.squeeze(x!), [[3, 1, 4, 1]]],
  transpose: [(x) => tf.transpose(x!, [3, 1, 0, 2]), [image]],
  'transpose twice': [(x) => tf.transpose(tf.transpose(x!, [1, 2, 0, 3]), [2, 0, 1, 3]), [image]],
  'transpose of length 1': [(x) => tf.transpose(x!, [2, 0, 1]), [[3, 4, 1]]],
  tile: [(x) => tf.tile(x!, [2, 1, 3]), [[2, 3, 2]]],
  'tile that broadcasts': [(x) => tf.mul(tf.tile(x!, [4, 1, 5]), 2), [[1, 3, 1]]],
  broadcastTo: [(x) => tf.broadcastTo(x!, [4, 3, 2]), [[3, 1]]],
  concat: [
    (a, b) => tf.concat([a!, b!], 1),
    [
      [2, 3, 2],
      [2, 1, 2],
    ],
  ],
  'concat, last axis': [
    (a, b) => tf.concat([a!, b!], -1),
    [
      [2, 3],
      [2, 4],
    ],
  ],
  stack: [
    (a, b) => tf.stack([a!, b!], 1),
    [
      [2, 3],
      [2, 3],
    ],
  ],
  unstack: [(x) => tf.unstack(x!, 1)[2]!, [[3, 4, 2]]],
  split: [(x) => tf.split(x!, [1, 3], 1)[1]!, [[2, 4]]],
  slice: [(x) => tf.slice(x!, [0, 1, 0, 1], [-1, 3, 4, 1]), [image]],
  pad: [
    (x) =>
      tf.pad(x!, [
        [0, 0],
        [1, 2],
        [0, 3],
        [0, 0],
      ]),
    [image],
  ],
  reverse: [(x) => tf.reverse(x!, [1, 3]), [image]],
  gather: [(x) => tf.gather(x!, tf.tensor1d([3, 0, 3], 'int32'), 1), [[2, 4]]],
};

describe('shape kernels agree with the oracle', () => {
  for (const [name, [f, shapes]] of Object.entries(differentiable)) {
    const gradient = name === 'gather' ? valueOnly : valueAndGradients;
    it(`${name}, value and gradients`, () =>
      agree(gradient(f), named(shapes.map((shape, use) => numbers(shape, -1, 1, use)))));
  }

  it('strided slices, backwards too', () =>
    agree(
      ({ x0 }) => ({
        strided: tf.stridedSlice(x0!, [0, 4, 0, 0], [2, 0, 4, 3], [1, -2, 3, 2]),
        masked: tf.stridedSlice(x0!, [0, 1, 0, 0], [2, 3, 1, 3], [1, 2, 3, 1], 2, 4),
        dropped: tf.stridedSlice(x0!, [1, 1, 0, 0], [2, 3, 4, 3], [1, 1, 1, 1], 0, 0, 0, 0, 1),
        whole: tf.reverse(x0!, 1),
      }),
      named([numbers(image)]),
    ));

  it('pads by reflection and with a constant', () =>
    agree(
      ({ x0 }) => ({
        constant: tf.pad(
          x0!,
          [
            [1, 0],
            [2, 1],
          ],
          7,
        ),
        reflect: tf.mirrorPad(
          x0!,
          [
            [1, 2],
            [2, 1],
          ],
          'reflect',
        ),
      }),
      named([numbers([4, 5])]),
    ));

  it('oneHot, fill, range, linspace, zeros and ones', () =>
    agree(
      ({ x0, x1 }) => ({
        oneHot: tf.oneHot(x0!, 6),
        levels: tf.oneHot(x0!, 6, 0.9, 0.1, 'float32'),
        fill: tf.fill([2, 3], 0.1),
        filledInts: tf.fill([2], 4, 'int32'),
        range: tf.range(2, 9, 2, 'int32'),
        linspace: tf.linspace(0, 1, 5),
        zeros: tf.zerosLike(x1!),
        ones: tf.onesLike(x1!),
        constants: tf.add(tf.mul(tf.ones([2, 3]), 2), tf.zeros([2, 3])),
      }),
      named([integers([5], 0, 6), numbers([2, 2])]),
    ));

  it('moves integers and booleans as it moves floats', () =>
    agree(
      ({ x0, x1 }) => ({
        ints: tf.transpose(tf.concat([x0!, x0!], 0)),
        bools: tf.slice(tf.tile(x1!, [2, 1]), [1, 0], [2, 3]),
      }),
      named([integers([2, 3], -9, 9), booleans([2, 3])]),
    ));
});
