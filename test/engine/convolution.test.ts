import * as tf from '@tensorflow/tfjs-core';
import { checkGradients, LINEAR } from './finite-differences.ts';
import { agree, named, numbers, valueAndGradients, valueOnly } from './support.ts';

interface Case {
  /** [height, width, channels] */
  readonly image: readonly [number, number, number];
  readonly kernel: readonly [number, number];
  readonly filters: number;
  readonly stride: number | [number, number];
  readonly pad: 'same' | 'valid' | number;
}

/** Odd and even sizes, strides that leave a rest, kernels smaller than the stride, one channel and many. */
const cases: Case[] = [
  { image: [7, 6, 3], kernel: [3, 3], filters: 4, stride: 1, pad: 'same' },
  { image: [7, 6, 3], kernel: [3, 3], filters: 4, stride: 2, pad: 'same' },
  { image: [8, 8, 2], kernel: [5, 5], filters: 3, stride: 2, pad: 'same' },
  { image: [8, 8, 1], kernel: [5, 5], filters: 16, stride: 2, pad: 'same' },
  { image: [7, 7, 1], kernel: [3, 3], filters: 9, stride: 2, pad: 'same' },
  { image: [9, 7, 2], kernel: [4, 4], filters: 3, stride: 2, pad: 'same' },
  { image: [9, 8, 2], kernel: [3, 2], filters: 3, stride: [2, 3], pad: 'valid' },
  { image: [6, 6, 3], kernel: [1, 1], filters: 5, stride: 1, pad: 'same' },
  { image: [7, 7, 2], kernel: [1, 1], filters: 5, stride: 2, pad: 'valid' },
  { image: [6, 5, 2], kernel: [2, 2], filters: 2, stride: 3, pad: 'same' },
  { image: [6, 5, 2], kernel: [3, 3], filters: 2, stride: 1, pad: 2 },
  { image: [4, 4, 3], kernel: [4, 4], filters: 2, stride: 1, pad: 'valid' },
];

const title = ({ image, kernel, filters, stride, pad }: Case) =>
  `${image.join('×')}, ${filters} filters ${kernel.join('×')}, stride ${stride}, ${pad}`;

const filterShape = ({ image, kernel, filters }: Case) => [...kernel, image[2], filters];

describe('convolutions agree with the oracle', () => {
  for (const each of cases) {
    it(`conv2d ${title(each)}, value and gradients`, () =>
      agree(
        valueAndGradients((x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, each.stride, each.pad)),
        named([numbers([2, ...each.image]), numbers(filterShape(each), -1, 1, 1)]),
        4e-6,
      ));
  }

  for (const each of cases.filter(({ pad }) => pad !== 2)) {
    it(`conv2dTranspose to ${title(each)}, value and gradients`, () => {
      const [height, width, channels] = each.image;
      const large: [number, number, number, number] = [2, height, width, channels];
      const info = tf.backend_util.computeConv2DInfo(large, filterShape(each) as never, each.stride, 1, each.pad);
      return agree(
        valueAndGradients((x, filter) =>
          tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, large, each.stride, each.pad),
        ),
        named([numbers(info.outShape), numbers(filterShape(each), -1, 1, 1)]),
        4e-6,
      );
    });
  }

  it('a dilated convolution', () =>
    agree(
      valueOnly((x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same', 'NHWC', 2)),
      named([numbers([2, 7, 7, 2]), numbers([3, 3, 2, 3], -1, 1, 1)]),
    ));

  it('a convolution with bias and activation fused', () =>
    agree(
      valueOnly((x, filter, bias) =>
        tf.fused.conv2d({
          x: x as tf.Tensor4D,
          filter: filter as tf.Tensor4D,
          bias: bias as tf.Tensor1D,
          strides: 2,
          pad: 'same',
          activation: 'relu',
        }),
      ),
      named([numbers([2, 7, 7, 2]), numbers([3, 3, 2, 4], -1, 1, 1), numbers([4], -1, 1, 2)]),
    ));
});

describe('pooling and resizing agree with the oracle', () => {
  for (const [size, stride, pad] of [
    [2, 2, 'same'],
    [3, 2, 'same'],
    [3, 1, 'valid'],
    [2, 3, 'valid'],
  ] as const) {
    it(`maxPool ${size}×${size}, stride ${stride}, ${pad}, value and gradient`, () =>
      agree(
        valueAndGradients((x) => tf.maxPool(x as tf.Tensor4D, size, stride, pad)),
        named([numbers([2, 7, 6, 3])]),
      ));

    // The oracle's gradient divides by the whole window at the border too; differences do not lie.
    it(`avgPool ${size}×${size}, stride ${stride}, ${pad}, value, and gradient by differences`, async () => {
      const pool = (x: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, size, stride, pad);
      await agree(
        valueOnly((x) => pool(x!)),
        named([numbers([2, 7, 6, 3])]),
      );
      await checkGradients((x) => pool(x!), [numbers([2, 7, 6, 3])], LINEAR);
    });
  }

  for (const [size, alignCorners] of [
    [[10, 8], false],
    [[3, 2], false],
    [[7, 9], true],
  ] as [[number, number], boolean][]) {
    // The oracle's gradient is wrong for all images of a batch but the first.
    it(`nearest-neighbour resizing to ${size}${alignCorners ? ', corners aligned' : ''}, and gradient by differences`, async () => {
      const resize = (x: tf.Tensor) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, size, alignCorners);
      await agree(
        valueOnly((x) => resize(x!)),
        named([numbers([2, 5, 4, 3])]),
      );
      await checkGradients((x) => resize(x!), [numbers([2, 5, 4, 3])], LINEAR);
    });
  }

  it('nearest-neighbour resizing from pixel centres', () =>
    agree(
      valueOnly((x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [7, 6], false, true)),
      named([numbers([2, 5, 4, 3])]),
    ));

  it('batch normalisation with given statistics, value and gradients', () =>
    agree(
      valueAndGradients((x, mean, variance, offset, scale) =>
        tf.batchNorm(
          x!,
          mean as tf.Tensor1D,
          variance as tf.Tensor1D,
          offset as tf.Tensor1D,
          scale as tf.Tensor1D,
          1e-3,
        ),
      ),
      named([
        numbers([2, 3, 3, 4]),
        numbers([4], -1, 1, 1),
        numbers([4], 0.5, 1.5, 2),
        numbers([4], -1, 1, 3),
        numbers([4], 0.5, 1.5, 4),
      ]),
      4e-6,
    ));
});
