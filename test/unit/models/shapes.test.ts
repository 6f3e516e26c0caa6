/** What comes out of the networks, over sizes, channels, labels, normalisations and techniques. */
import assert from 'node:assert/strict';
import type { ArchitectureName, Conditioning, Normalization } from '../../../sidecar/config/resolved-config.ts';
import { embeddingWidth } from '../../../sidecar/models/conditioning.ts';
import { describeModel, type NetworkDescription } from '../../../sidecar/models/describe.ts';
import { architectures, refusalOf } from '../../../sidecar/models/index.ts';
import { discriminate } from '../../../sidecar/models/networks.ts';
import { type Shape, ShapeLayers } from '../../../sidecar/models/shape-layers.ts';
import { defaultSpec, type SpecChanges } from './specs.ts';

const sizes: Readonly<Partial<Record<ArchitectureName, readonly number[]>>> = {
  'chapter-mlp-conv': [16, 28, 31, 64],
  'chapter-deep': [16, 28, 100],
  dcgan: [16, 20, 28, 32, 48, 64, 96, 128, 192, 256],
  resnet: [16, 28, 32, 48, 64, 96, 128, 256],
  r3gan: [16, 28, 32, 48, 64, 96, 128, 256],
  fastgan: [16, 20, 28, 32, 48, 64, 128, 256],
  progressive: [16, 32, 64, 128, 256],
  'super-resolution': [16, 28, 32, 48, 64, 100, 256],
  'image-to-image': [16, 28, 32, 48, 64, 100, 128, 256],
};
const adversarial = Object.keys(sizes) as ArchitectureName[];
const latent = adversarial.filter((name) => name !== 'super-resolution' && name !== 'image-to-image');
/** Whether a discriminator gives a logit to every patch. */
const judgesPatches = (name: ArchitectureName) => name === 'image-to-image' || name === 'fastgan';
const conditionings: readonly Conditioning[] = ['concat', 'embedding', 'projection', 'auxiliary-classifier'];
const normalizations: readonly Normalization[] = [
  'batch',
  'conditional-batch',
  'layer',
  'instance',
  'group',
  'pixel',
  'none',
];

const networksOf = (name: ArchitectureName, over: SpecChanges) =>
  describeModel(name, defaultSpec(name, { baseChannels: 16, ...over }), 4).networks as Record<
    'generator' | 'discriminator',
    NetworkDescription
  >;

function assertWhole(name: ArchitectureName, over: SpecChanges): void {
  const { imageSize = 28, channels = 1 } = over;
  const { generator, discriminator } = networksOf(name, over);
  assert.deepEqual(generator.output, [imageSize, imageSize, channels]);
  if (judgesPatches(name)) assert.deepEqual([discriminator.output.length, discriminator.output[2]], [3, 1]);
  else assert.deepEqual(discriminator.output, [1]);
  for (const { weights } of [generator, discriminator]) {
    assert.equal(new Set(weights.map((weight) => weight.name)).size, weights.length, 'names are unique');
  }
}

/** What a discriminator's head says, for a size that all architectures make. */
function judged(name: ArchitectureName, over: SpecChanges) {
  const spec = defaultSpec(name, { baseChannels: 16, imageSize: 32, ...over });
  const architecture = architectures[name];
  assert.ok(architecture.family === 'adversarial');
  const inputs: Parameters<typeof discriminate<Shape>>[2] = {
    judged: { dims: [32, 32, (spec.example[2] ?? 0) * spec.pac] },
    label: spec.classes > 0 ? { dims: [spec.classes * spec.pac] } : null,
    source: name === 'image-to-image' ? { dims: [32, 32, 1] } : null,
    fade: null,
  };
  return discriminate(new ShapeLayers(), architecture, inputs, spec);
}

describe('networks', () => {
  for (const name of adversarial) {
    it(`${name} makes images of ${sizes[name]?.join(', ')} pixels`, () => {
      for (const imageSize of sizes[name] ?? [])
        for (const channels of [1, 3, 4]) assertWhole(name, { imageSize, channels });
    });

    it(`${name} is told the class in every way`, () => {
      for (const conditioning of conditionings) {
        for (const classes of [2, 10]) assertWhole(name, { imageSize: 32, classes, conditioning });
      }
    });

    it(`${name} is normalised in every way that it does not refuse`, () => {
      let accepted = 0;
      for (const generator of normalizations) {
        for (const discriminator of normalizations) {
          const over = { imageSize: 32, classes: 3, normalization: { generator, discriminator } };
          if (refusalOf(name, defaultSpec(name, { baseChannels: 16, ...over })) !== null) continue;
          accepted += 1;
          assertWhole(name, over);
        }
      }
      const refusing: Partial<Record<ArchitectureName, number>> = {
        r3gan: 1,
        progressive: 7 * 5,
        'chapter-deep': 6 * 7,
        'chapter-mlp-conv': 6 * 7,
      };
      assert.equal(accepted, refusing[name] ?? 7 * 7);
    });
  }

  for (const name of latent) {
    it(`${name} looks at several images and at its batch`, () => {
      const none = { generator: 'none', discriminator: 'none' } as const;
      for (const pac of [1, 2, 3]) {
        for (const conditioning of conditionings.slice(0, 3)) {
          assertWhole(name, { imageSize: 32, channels: 3, pac, classes: 5, conditioning, normalization: none });
        }
      }
      const parameters = (minibatch: NonNullable<SpecChanges['minibatch']>) =>
        networksOf(name, { imageSize: 32, minibatch }).discriminator.parameters;
      assert.ok(parameters('standard-deviation') > parameters('none'));
      if (name !== 'progressive' && name !== 'fastgan')
        assert.ok(parameters('discrimination') > parameters('standard-deviation'));
    });
  }

  for (const name of adversarial.filter((each) => each !== 'chapter-mlp-conv')) {
    it(`${name} attends to itself once in each network`, () => {
      for (const imageSize of [16, 32, 64]) {
        const networks = networksOf(name, { imageSize, selfAttention: true });
        for (const { weights } of Object.values(networks)) {
          assert.equal(weights.filter(({ name: weight }) => weight === 'attention/gamma').length, 1);
        }
      }
    });
  }

  it('every network attends at 16 pixels where it has such a map', () => {
    const channels = (name: ArchitectureName, network: 'generator' | 'discriminator', imageSize: number) => {
      const { weights } = networksOf(name, { imageSize, selfAttention: true })[network];
      return weights.find((weight) => weight.name === 'attention/query/kernel')?.shape[2];
    };
    // With 16 base channels: the width of the map of 16 pixels.
    assert.deepEqual([channels('dcgan', 'generator', 64), channels('dcgan', 'discriminator', 64)], [32, 32]);
    assert.deepEqual([channels('resnet', 'generator', 64), channels('resnet', 'discriminator', 64)], [64, 32]);
    assert.deepEqual([channels('r3gan', 'generator', 64), channels('r3gan', 'discriminator', 64)], [256, 256]);
    assert.deepEqual(
      [channels('progressive', 'generator', 64), channels('progressive', 'discriminator', 64)],
      [64, 64],
    );
  });

  it('has dropout in its discriminator, image-to-image in its generator', () => {
    for (const name of adversarial) {
      const memory = (dropout: number) =>
        describeModel(name, defaultSpec(name, { baseChannels: 16, imageSize: 32, dropout }), 1).bytesPerBatch;
      assert.ok(memory(0.5) > memory(0), name);
    }
  });
});

describe('heads', () => {
  it('give one logit, one a patch, or one a generator and one for real', () => {
    assert.deepEqual(judged('dcgan', {}).logits.dims, [1]);
    assert.deepEqual(judged('image-to-image', {}).logits.dims, [16, 16, 1]);
    assert.deepEqual(judged('dcgan', { generators: 4 }).logits.dims, [5]);
  });

  it('tell classes where an auxiliary classifier is asked for, of patches too', () => {
    for (const name of adversarial) {
      assert.equal(judged(name, { classes: 7 }).classLogits, null);
      const { classLogits, logits } = judged(name, { classes: 7, conditioning: 'auxiliary-classifier' });
      assert.deepEqual(classLogits?.dims, [7]);
      assert.equal(logits.dims.at(-1), 1);
    }
  });

  it('project the class on the features, at every patch', () => {
    for (const name of adversarial) {
      const plain = judged(name, {});
      const projected = judged(name, { classes: 7, conditioning: 'projection' });
      assert.deepEqual(projected.logits, plain.logits);
      assert.deepEqual(projected.features, plain.features);
    }
  });

  it('return the features that they were given, without what was appended of the batch', () => {
    assert.deepEqual(judged('dcgan', { minibatch: 'discrimination' }).features.dims, [4 * 4 * 64]);
    assert.deepEqual(judged('image-to-image', { minibatch: 'standard-deviation' }).features.dims, [16, 16, 32]);
  });
});

describe('conditioning', () => {
  it('embeds classes in as many numbers as there are, at most 50', () => {
    assert.deepEqual([2, 10, 50, 1000].map(embeddingWidth), [2, 10, 50, 50]);
    const { generator, discriminator } = networksOf('dcgan', { classes: 100, conditioning: 'embedding' });
    for (const { weights } of [generator, discriminator]) {
      assert.deepEqual(weights.find(({ name }) => name === 'embedding/kernel')?.shape, [100, 50]);
    }
  });

  it('gives the discriminator nothing of the class beside a projection or a classifier', () => {
    for (const conditioning of ['projection', 'auxiliary-classifier'] as const) {
      const { discriminator } = networksOf('dcgan', { classes: 10, conditioning });
      assert.deepEqual(discriminator.weights.find(({ name }) => name === 'conv_2/kernel')?.shape[2], 16);
    }
    const { discriminator } = networksOf('dcgan', { classes: 10, conditioning: 'concat' });
    assert.deepEqual(discriminator.weights.find(({ name }) => name === 'conv_2/kernel')?.shape[2], 16 + 10);
  });

  it('tells a generator with conditional batch normalisation the class there alone', () => {
    const inputs = (over: SpecChanges) =>
      networksOf('resnet', { classes: 10, ...over }).generator.weights.find(({ name }) => name === 'dense_1/kernel')
        ?.shape[0];
    const normalization = { generator: 'conditional-batch', discriminator: 'none' } as const;
    assert.equal(inputs({ conditioning: 'projection', normalization }), 100);
    assert.equal(inputs({ conditioning: 'projection' }), 110);
    assert.equal(inputs({ conditioning: 'concat', normalization }), 110);
  });
});
