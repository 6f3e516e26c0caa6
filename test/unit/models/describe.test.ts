import assert from 'node:assert/strict';
import { describeModel } from '../../../sidecar/models/describe.ts';
import { architectures } from '../../../sidecar/models/index.ts';
import type { ModelShape } from '../../../sidecar/models/layers.ts';

const shape = (over: Partial<ModelShape> = {}): ModelShape => ({
  latentSize: 100,
  imageSize: 28,
  channels: 1,
  classes: 0,
  baseChannels: 64,
  ...over,
});
const dense = (inputs: number, units: number) => inputs * units + units;
const conv = (kernel: number, inputs: number, filters: number) => kernel * kernel * inputs * filters;

describe('models', () => {
  it('counts the parameters of the chapter’s code', () => {
    const { generator, discriminator } = describeModel('chapter-mlp-conv', shape(), 128);
    assert.equal(generator.parameters, dense(100, 256) + 2 * 256 + dense(256, 512) + 2 * 512 + dense(512, 784));
    assert.equal(discriminator.parameters, conv(3, 1, 64) + 64 + conv(3, 64, 128) + 128 + dense(7 * 7 * 128, 1));
  });

  it('counts the parameters of the chapter’s code for labelled colour images', () => {
    const { generator, discriminator } = describeModel(
      'chapter-mlp-conv',
      shape({ imageSize: 30, channels: 3, classes: 10 }),
      128,
    );
    assert.equal(generator.parameters, dense(110, 256) + 2 * 256 + dense(256, 512) + 2 * 512 + dense(512, 2700));
    assert.equal(discriminator.parameters, conv(3, 3, 64) + 64 + conv(3, 74, 128) + 128 + dense(8 * 8 * 128, 1));
  });

  it('counts the parameters of dcgan at 28 pixels', () => {
    const { generator, discriminator } = describeModel('dcgan', shape(), 128);
    const generatorConvolutions = conv(5, 256, 128) + 2 * 128 + conv(5, 128, 64) + 2 * 64 + conv(5, 64, 1) + 1;
    assert.equal(generator.parameters, 100 * 7 * 7 * 256 + 2 * 256 + generatorConvolutions);
    const discriminatorConvolutions = conv(5, 1, 64) + 64 + conv(5, 64, 128) + 2 * 128 + conv(5, 128, 256) + 2 * 256;
    assert.equal(discriminator.parameters, discriminatorConvolutions + dense(4 * 4 * 256, 1));
  });

  it('doubles dcgan once more at 64 pixels', () => {
    const { generator, discriminator } = describeModel('dcgan', shape({ imageSize: 64, channels: 3 }), 128);
    const kernels = conv(5, 512, 256) + conv(5, 256, 128) + conv(5, 128, 64) + conv(5, 64, 3);
    assert.equal(generator.parameters, 100 * 4 * 4 * 512 + 2 * (512 + 256 + 128 + 64) + kernels + 3);
    assert.equal(discriminator.parameters, kernels + 64 + 2 * (128 + 256 + 512) + dense(4 * 4 * 512, 1));
  });

  it('has five dense and five convolutional layers in chapter-deep’s generator, five and two against it', () => {
    const { generator, discriminator } = describeModel('chapter-deep', shape({ classes: 10 }), 128);
    const layers = (weights: typeof generator.weights, kind: string) =>
      weights.filter(({ name }) => name.startsWith(kind) && name.endsWith('/kernel')).length;
    assert.deepEqual([layers(generator.weights, 'dense_'), layers(generator.weights, 'conv_')], [5, 5]);
    assert.deepEqual([layers(discriminator.weights, 'dense_'), layers(discriminator.weights, 'conv_')], [2, 5]);
  });

  for (const name of ['chapter-mlp-conv', 'chapter-deep', 'dcgan'] as const) {
    for (const imageSize of [28, 32, 64]) {
      for (const channels of [1, 3]) {
        it(`makes ${imageSize}×${imageSize}×${channels} images and one logit with ${name}`, () => {
          for (const classes of [0, 10]) {
            const described = describeModel(name, shape({ imageSize, channels, classes }), 1);
            assert.deepEqual(described.generator.output, [imageSize, imageSize, channels]);
            assert.deepEqual(described.discriminator.output, [1]);
            for (const { weights } of [described.generator, described.discriminator]) {
              assert.equal(new Set(weights.map((weight) => weight.name)).size, weights.length, 'names are unique');
            }
          }
        });
      }
    }
  }

  it('refuses sizes that do not fit and names the nearest that does', () => {
    assert.match(architectures.dcgan.refuses(shape({ imageSize: 30 })) ?? '', /28, 32, 64 pixels; 30 is none/);
    assert.equal(architectures.dcgan.nearestImageSize(40), 32);
    assert.equal(architectures.dcgan.nearestImageSize(200), 64);
    assert.match(architectures['chapter-deep'].refuses(shape({ imageSize: 30 })) ?? '', /multiple of 4; 30 is not/);
    for (const asked of [1, 29, 30, 31]) {
      const offered = architectures['chapter-deep'].nearestImageSize(asked);
      assert.equal(architectures['chapter-deep'].refuses(shape({ imageSize: offered })), null);
    }
    assert.equal(architectures['chapter-mlp-conv'].refuses(shape({ imageSize: 13 })), null);
    assert.throws(() => describeModel('dcgan', shape({ imageSize: 30 }), 1), RangeError);
  });

  it('counts memory in proportion to the batch', () => {
    const one = describeModel('dcgan', shape(), 1).bytesPerBatch;
    assert.equal(describeModel('dcgan', shape(), 128).bytesPerBatch, 128 * one);
    // Outputs of the generator's dense, norm, relu; two conv blocks; conv, tanh. Discriminator: conv, lrelu; two blocks; dense.
    const generator = 3 * 7 * 7 * 256 + 3 * 7 * 7 * 128 + 3 * 14 * 14 * 64 + 2 * 28 * 28;
    const discriminator = 2 * 14 * 14 * 64 + 3 * 7 * 7 * 128 + 3 * 4 * 4 * 256 + 1;
    assert.equal(one, 4 * (generator + 2 * discriminator));
  });
});
