/** Parameter counts against what the papers' tables say, spelled out here a second time. */
import assert from 'node:assert/strict';
import type { ArchitectureName, Normalization } from '../../../sidecar/config/resolved-config.ts';
import { describeModel, type NetworkDescription } from '../../../sidecar/models/describe.ts';
import { conv, defaultSpec, dense, kernels, norm, type SpecChanges, sum } from './specs.ts';

const networksOf = (name: ArchitectureName, over: SpecChanges = {}) =>
  describeModel(name, defaultSpec(name, over), 1).networks as Record<'generator' | 'discriminator', NetworkDescription>;
const both = (generator: Normalization, discriminator: Normalization) => ({
  normalization: { generator, discriminator },
});

describe('parameters of', () => {
  it('chapter-mlp-conv', () => {
    const { generator, discriminator } = networksOf('chapter-mlp-conv');
    assert.equal(generator.parameters, dense(100, 256) + norm(256) + dense(256, 512) + norm(512) + dense(512, 784));
    assert.equal(discriminator.parameters, conv(3, 1, 64) + conv(3, 64, 128) + dense(7 * 7 * 128, 1));
  });

  it('chapter-mlp-conv for labelled colour images', () => {
    const { generator, discriminator } = networksOf('chapter-mlp-conv', { imageSize: 30, channels: 3, classes: 10 });
    assert.equal(generator.parameters, dense(110, 256) + norm(256) + dense(256, 512) + norm(512) + dense(512, 2700));
    assert.equal(discriminator.parameters, conv(3, 3, 64) + conv(3, 74, 128) + dense(8 * 8 * 128, 1));
  });

  it('chapter-deep: five dense and five convolutional layers against five and two', () => {
    const { generator, discriminator } = networksOf('chapter-deep', { classes: 10 });
    const layers = ({ weights }: NetworkDescription, kind: RegExp) =>
      weights.filter(({ name }) => kind.test(name) && name.endsWith('/kernel')).length;
    assert.deepEqual([layers(generator, /^dense_/), layers(generator, /^conv_/)], [5, 5]);
    assert.deepEqual([layers(discriminator, /^dense_|^head/), layers(discriminator, /^conv_/)], [2, 5]);
  });

  it('dcgan at 28 pixels', () => {
    const { generator, discriminator } = networksOf('dcgan');
    const up = kernels(5, 256, 128) + norm(128) + kernels(5, 128, 64) + norm(64) + conv(5, 64, 1);
    assert.equal(generator.parameters, 100 * 7 * 7 * 256 + norm(256) + up);
    const down = conv(5, 1, 64) + kernels(5, 64, 128) + norm(128) + kernels(5, 128, 256) + norm(256);
    assert.equal(discriminator.parameters, down + dense(4 * 4 * 256, 1));
  });

  it('dcgan at 64 pixels, figure 1 of its paper with half the widths', () => {
    const { generator, discriminator } = networksOf('dcgan', { imageSize: 64, channels: 3 });
    const between = kernels(5, 512, 256) + kernels(5, 256, 128) + kernels(5, 128, 64);
    assert.equal(generator.parameters, 100 * 4 * 4 * 512 + norm(512 + 256 + 128 + 64) + between + conv(5, 64, 3));
    assert.equal(discriminator.parameters, conv(5, 3, 64) + between + norm(128 + 256 + 512) + dense(4 * 4 * 512, 1));
  });

  it('resnet: SNGAN’s tables for images of 48 pixels', () => {
    const spec = { imageSize: 48, channels: 3, latentSize: 128 };
    const { generator, discriminator } = networksOf('resnet', spec);
    const up = (inputs: number, filters: number) =>
      norm(inputs) +
      kernels(3, inputs, filters) +
      norm(filters) +
      kernels(3, filters, filters) +
      kernels(1, inputs, filters);
    const blocks = up(512, 256) + up(256, 128) + up(128, 64);
    assert.equal(generator.parameters, 128 * 6 * 6 * 512 + blocks + norm(64) + conv(3, 64, 3));
    const down = (inputs: number, filters: number) =>
      conv(3, inputs, inputs) + conv(3, inputs, filters) + conv(1, inputs, filters);
    const first = conv(3, 3, 64) + conv(3, 64, 64) + conv(1, 3, 64);
    assert.equal(discriminator.parameters, first + down(64, 128) + down(128, 256) + down(256, 512) + dense(512, 1));
  });

  it('resnet with a projection and conditional batch normalisation: a row a class', () => {
    const spec = { imageSize: 32, classes: 10, conditioning: 'projection' } as const;
    const conditional = networksOf('resnet', { ...spec, ...both('conditional-batch', 'none') });
    const plain = networksOf('resnet', { imageSize: 32 });
    assert.equal(conditional.discriminator.parameters - plain.discriminator.parameters, 10 * 512);
    const normalised = 512 + 256 + 256 + 128 + 128 + 64 + 64;
    assert.equal(conditional.generator.parameters - plain.generator.parameters, 9 * norm(normalised));
  });

  it('r3gan: inverted bottlenecks in groups of 16 channels between learned maps', () => {
    const { generator, discriminator } = networksOf('r3gan', {
      imageSize: 32,
      channels: 3,
      latentSize: 64,
      baseChannels: 32,
      blocks: 2,
    });
    const block = (width: number) => conv(1, width, 2 * width) + conv(3, 16, 2 * width) + kernels(1, 2 * width, width);
    const blocks = 2 * (block(32) + block(128) + 2 * block(512));
    const widths = 512 * 128 + 128 * 32;
    assert.equal(generator.parameters, 4 * 4 * 512 + 64 * 512 + blocks + widths + 32 * 3);
    assert.equal(discriminator.parameters, 3 * 32 + blocks + widths + 4 * 4 * 512 + 512);
  });

  it('r3gan: the last convolution of a block begins at 0, the others by depth', () => {
    const { weights } = networksOf('r3gan', { imageSize: 32, baseChannels: 32, blocks: 2 }).generator;
    const of = (name: string) => weights.find((weight) => weight.name === name);
    assert.equal(of('stage_1/block_1/project/kernel')?.init, 'zeros');
    const grouped = of('stage_1/block_2/grouped/kernel');
    assert.equal(grouped?.fanIn, 9 * 16);
    // Variance gain² / fanIn with 8 blocks, given as a multiple of He's √(2 / fanIn).
    const gain = Math.sqrt(2 / 1.04) * 8 ** -0.25;
    assert.ok(Math.abs((grouped?.gain ?? 0) - gain / Math.SQRT2) < 1e-12);
  });

  it('fastgan at 64 pixels: gated convolutions, two skips, residual blocks and a decoder', () => {
    const { generator, discriminator } = networksOf('fastgan', { imageSize: 64, channels: 3 });
    const gated = (inputs: number, filters: number) => kernels(3, inputs, 2 * filters) + norm(2 * filters);
    const first = 100 * 4 * 4 * 2 * 1024 + norm(2 * 1024);
    const maps = gated(1024, 512) + gated(512, 256) + gated(256, 128) + gated(128, 128);
    // From 4 to 32 pixels, and from 8 to 64.
    const skips = conv(4, 1024, 128) + conv(4, 512, 128) + 2 * conv(1, 128, 128);
    assert.equal(generator.parameters, first + maps + skips + conv(3, 128, 3));
    const block = (inputs: number, filters: number) =>
      kernels(4, inputs, filters) + kernels(3, filters, filters) + kernels(1, inputs, filters) + 3 * norm(filters);
    const blocks = block(128, 256) + block(256, 512) + block(512, 1024);
    const decoder = gated(1024, 256) + gated(256, 128) + conv(3, 128, 3);
    assert.equal(discriminator.parameters, conv(3, 3, 128) + blocks + conv(4, 1024, 1) + decoder);
    assert.deepEqual(discriminator.output, [8, 8, 1]);
  });

  it('progressive: table 2 of its paper', () => {
    const spec = { imageSize: 16, channels: 3, latentSize: 256, baseChannels: 64 };
    const { generator, discriminator } = networksOf('progressive', spec);
    const images = sum([256, 128, 64].map((width) => conv(1, width, 3)));
    const block = (inputs: number, filters: number) => conv(3, inputs, filters) + conv(3, filters, filters);
    const start = dense(256, 4 * 4 * 256) + conv(3, 256, 256);
    assert.equal(generator.parameters, start + block(256, 128) + block(128, 64) + images);
    const fromImages = sum([256, 128, 64].map((width) => conv(1, 3, width)));
    const down = (filters: number, outputs: number) => conv(3, filters, filters) + conv(3, filters, outputs);
    const end = conv(3, 257, 256) + dense(4 * 4 * 256, 256) + dense(256, 1);
    assert.equal(discriminator.parameters, fromImages + down(64, 128) + down(128, 256) + end);
  });

  it('super-resolution: figure 4 of its paper with five blocks', () => {
    const spec = { imageSize: 64, channels: 3, scale: 4, ...both('batch', 'batch') } as const;
    const { generator, discriminator } = networksOf('super-resolution', spec);
    const normalised = kernels(3, 64, 64) + norm(64);
    const ends = conv(5, 3, 64) + 2 * conv(3, 64, 256) + conv(5, 64, 3);
    assert.equal(generator.parameters, ends + (2 * 5 + 1) * normalised);
    const pairs = [
      conv(3, 3, 64) + kernels(3, 64, 64) + norm(64),
      ...[64, 128, 256].map(
        (width) => kernels(3, width, 2 * width) + kernels(3, 2 * width, 2 * width) + norm(4 * width),
      ),
    ];
    assert.equal(discriminator.parameters, sum(pairs) + dense(4 * 4 * 512, 512) + dense(512, 1));
  });

  it('image-to-image: the U-Net and the PatchGAN of pix2pix at 256 pixels', () => {
    const { generator, discriminator } = networksOf('image-to-image', {
      imageSize: 256,
      channels: 3,
      inputChannels: 3,
    });
    // 54,413,955 and 2,768,705 in the authors' program, which has no biases at the first and the innermost map.
    assert.equal(generator.parameters, 54_413_955 + 64 + 512);
    assert.equal(discriminator.parameters, 2_768_705);
    assert.deepEqual(discriminator.output, [32, 32, 1]);
  });
});
