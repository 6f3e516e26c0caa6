import * as tf from '@tensorflow/tfjs-core';
import { groupedConv2d } from '../../sidecar/engine/grouped-convolution.ts';
import {
  agree,
  assertClose,
  compiledEngine,
  named,
  numbers,
  oracleEngine,
  runOn,
  valueAndGradients,
  valueOnly,
} from './support.ts';

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

  it('a convolution in NCHW, value and gradients', () =>
    agree(
      valueAndGradients((x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same', 'NCHW')),
      named([numbers([2, 3, 7, 6]), numbers([3, 3, 3, 4], -1, 1, 1)]),
      4e-6,
    ));

  it('conv1d, value and gradients', () =>
    agree(
      valueAndGradients((x, filter) => tf.conv1d(x as tf.Tensor3D, filter as tf.Tensor3D, 2, 'same')),
      named([numbers([2, 9, 3]), numbers([4, 3, 5], -1, 1, 1)]),
      4e-6,
    ));

  for (const [what, image, filter, stride] of [
    ['frequencies of both axes at once', [2, 5, 5, 6], [3, 3, 2, 9], 1],
    ['frequencies axis by axis', [16, 14, 14, 8], [3, 3, 4, 8], 1],
    ['patches of each group', [2, 5, 5, 6], [1, 1, 2, 9], 1],
    ['a stride', [2, 7, 6, 6], [3, 3, 2, 9], 2],
  ] as const) {
    it(`a grouped convolution in ${what}, value and gradients: groups have filters of their own`, async () => {
      const groups = image[3] / filter[2];
      const inputs = named([numbers(image), numbers(filter, -1, 1, 1)]);
      const grouped = valueAndGradients((x, w) => groupedConv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, 'same'));
      const apart = valueAndGradients((x, w) => {
        const [images, filters] = [tf.split(x, groups, 3), tf.split(w, groups, 3)];
        const each = images.map((part, at) =>
          tf.conv2d(part as tf.Tensor4D, filters[at] as tf.Tensor4D, stride, 'same'),
        );
        return tf.concat(each, 3);
      });
      const actual = await runOn(await compiledEngine(), grouped, inputs);
      const expected = await runOn(await oracleEngine(), apart, inputs);
      for (const [name, value] of Object.entries(expected)) assertClose(actual[name]!, value, name, 4e-6);
    });
  }

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

  for (const [stride, pad, multiplier] of [
    [1, 'same', 1],
    [2, 'same', 2],
    [1, 'valid', 3],
    [2, 1, 1],
  ] as const) {
    it(`depthwiseConv2d, stride ${stride}, ${pad}, ${multiplier} filters a channel, value and gradients`, () =>
      agree(
        valueAndGradients((x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad)),
        named([numbers([2, 7, 6, 3]), numbers([3, 3, 3, multiplier], -1, 1, 1)]),
        4e-6,
      ));
  }

  it('a dilated depthwise convolution', () =>
    agree(
      valueOnly((x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same', 'NHWC', 2)),
      named([numbers([2, 7, 6, 3]), numbers([3, 3, 3, 2], -1, 1, 1)]),
    ));

  it('separableConv2d, value and gradients', () =>
    agree(
      valueAndGradients((x, depth, point) =>
        tf.separableConv2d(x as tf.Tensor4D, depth as tf.Tensor4D, point as tf.Tensor4D, 2, 'same'),
      ),
      named([numbers([2, 7, 6, 3]), numbers([3, 3, 3, 2], -1, 1, 1), numbers([1, 1, 6, 4], -1, 1, 2)]),
      4e-6,
    ));

  it('a depthwise convolution with bias and activation fused', () =>
    agree(
      valueOnly((x, filter, bias) =>
        tf.fused.depthwiseConv2d({
          x: x as tf.Tensor4D,
          filter: filter as tf.Tensor4D,
          bias: bias as tf.Tensor1D,
          strides: 1,
          pad: 'same',
          activation: 'relu6',
        }),
      ),
      named([numbers([2, 7, 7, 2]), numbers([3, 3, 2, 2], -1, 1, 1), numbers([4], -1, 1, 2)]),
    ));
});
