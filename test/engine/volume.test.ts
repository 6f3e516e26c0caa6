import * as tf from '@tensorflow/tfjs-core';
import { agree, named, numbers, valueAndGradients, valueOnly } from './support.ts';

describe('convolutions of volumes agree with the oracle', () => {
  for (const [stride, pad, kernel] of [
    [1, 'same', [3, 3, 3]],
    [2, 'same', [2, 3, 1]],
    [[1, 2, 2], 'valid', [2, 2, 3]],
  ] as [number | [number, number, number], 'same' | 'valid', number[]][]) {
    const [x, filter] = [numbers([2, 4, 5, 6, 2]), numbers([...kernel, 2, 3], -1, 1, 1)];

    it(`conv3d ${kernel.join('×')}, stride ${stride}, ${pad}, value and gradients`, () =>
      agree(
        valueAndGradients((at, w) => tf.conv3d(at as tf.Tensor5D, w as tf.Tensor5D, stride, pad)),
        named([x, filter]),
        4e-6,
      ));

    it(`conv3dTranspose ${kernel.join('×')}, stride ${stride}, ${pad}`, () => {
      const info = tf.backend_util.computeConv3DInfo([2, 4, 5, 6, 2], filter.shape as never, stride, 1, pad);
      return agree(
        valueOnly((at, w) => tf.conv3dTranspose(at as tf.Tensor5D, w as tf.Tensor5D, [2, 4, 5, 6, 2], stride, pad)),
        named([numbers(info.outShape), filter]),
        4e-6,
      );
    });
  }

  it('a dilated conv3d', () =>
    agree(
      valueOnly((x, filter) => tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, 1, 'same', 'NDHWC', [1, 2, 2])),
      named([numbers([1, 4, 5, 6, 2]), numbers([2, 3, 2, 2, 3], -1, 1, 1)]),
    ));
});
