import * as tf from '@tensorflow/tfjs-core';
import { checkGradients } from './finite-differences.ts';
import { agree, named, numbers, valueAndGradients, valueOnly } from './support.ts';

const image = numbers([2, 7, 6, 3]);
const volume = numbers([2, 4, 5, 3, 2]);

const windows = [
  [2, 2, 'same'],
  [3, 2, 'same'],
  [3, 1, 'valid'],
  [2, 3, 'valid'],
  [3, 2, 1],
] as const;

describe('pooling agrees with the oracle', () => {
  for (const [size, stride, pad] of windows) {
    const title = `${size}×${size}, stride ${stride}, ${pad}`;

    it(`maxPool ${title}, value and gradient`, () =>
      agree(
        valueAndGradients((x) => tf.maxPool(x as tf.Tensor4D, size, stride, pad)),
        named([image]),
      ));

    // The oracle's gradient divides by the whole window at the border too; differences do not lie.
    it(`avgPool ${title}, value, and gradient by differences`, async () => {
      await agree(
        valueOnly((x) => tf.avgPool(x as tf.Tensor4D, size, stride, pad)),
        named([image]),
      );
      await checkGradients((copy, x) => copy.avgPool(x as tf.Tensor4D, size, stride, pad), [image]);
    });

    it(`maxPool3d ${title}, value and gradient`, () =>
      agree(
        valueAndGradients((x) => tf.maxPool3d(x as tf.Tensor5D, size, stride, pad)),
        named([volume]),
      ));

    it(`avgPool3d ${title}, value, and gradient by differences`, async () => {
      await agree(
        valueOnly((x) => tf.avgPool3d(x as tf.Tensor5D, size, stride, pad)),
        named([volume]),
      );
      await checkGradients((copy, x) => copy.avgPool3d(x as tf.Tensor5D, size, stride, pad), [volume]);
    });
  }

  for (const acrossBatch of [false, true]) {
    it(`maxPoolWithArgmax, positions ${acrossBatch ? 'in the batch' : 'in each image'}`, () =>
      agree(({ x0 }) => ({ ...tf.maxPoolWithArgmax(x0 as tf.Tensor4D, 3, 2, 'same', acrossBatch) }), named([image])));
  }

  for (const [strides, dilations] of [
    [1, 1],
    [2, 1],
    [1, 2],
  ] as const) {
    it(`dilation2d, stride ${strides}, dilation ${dilations}, value and gradients`, () =>
      agree(
        valueAndGradients((x, filter) =>
          tf.dilation2d(x as tf.Tensor4D, filter as tf.Tensor3D, strides, 'same', dilations),
        ),
        named([image, numbers([3, 2, 3], -1, 1, 1)]),
      ));
  }
});

describe('resizing agrees with the oracle', () => {
  const small = numbers([2, 5, 4, 3]);
  const sizes: [number, number][] = [
    [10, 8],
    [3, 2],
    [7, 9],
    [5, 1],
  ];
  const alignments = [
    { title: 'from corners', alignCorners: false, halfPixelCenters: false },
    { title: 'corners aligned', alignCorners: true, halfPixelCenters: false },
    { title: 'from centres', alignCorners: false, halfPixelCenters: true },
  ];

  for (const size of sizes) {
    for (const { title, alignCorners, halfPixelCenters } of alignments) {
      // The oracle's gradients are wrong: nearest for all images but the first, bilinear from centres.
      for (const name of ['resizeNearestNeighbor', 'resizeBilinear'] as const) {
        it(`${name} to ${size}, ${title}, and gradient by differences`, async () => {
          await agree(
            valueOnly((x) => tf.image[name](x as tf.Tensor4D, size, alignCorners, halfPixelCenters)),
            named([small]),
          );
          await checkGradients(
            (copy, x) => copy.image[name](x as tf.Tensor4D, size, alignCorners, halfPixelCenters),
            [small],
          );
        });
      }
    }
  }
});

describe('batch normalisation agrees with the oracle', () => {
  it('with given statistics, value and gradients', () =>
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
