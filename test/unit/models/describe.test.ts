import assert from 'node:assert/strict';
import { describeModel, type NetworkDescription } from '../../../sidecar/models/describe.ts';
import { defaultSpec, type SpecChanges } from './specs.ts';

const dcgan = (over: SpecChanges = {}) => describeModel('dcgan', defaultSpec('dcgan', over), 8);
const named = ({ weights }: NetworkDescription, name: string) => weights.find((weight) => weight.name === name);

describe('description of a model', () => {
  it('names the networks of each family', () => {
    const names = (name: 'dcgan' | 'vae' | 'pixelcnn') => {
      const normalization = { generator: 'none', discriminator: 'none' } as const;
      return Object.keys(describeModel(name, defaultSpec(name, { normalization }), 1).networks);
    };
    assert.deepEqual(names('dcgan'), ['generator', 'discriminator']);
    assert.deepEqual(names('vae'), ['encoder', 'decoder']);
    assert.deepEqual(names('pixelcnn'), ['network']);
  });

  it('has one network a generator, and one logit for each and for real', () => {
    const { networks, parameters } = dcgan({ generators: 3 });
    assert.deepEqual(Object.keys(networks), ['generator_1', 'generator_2', 'generator_3', 'discriminator']);
    assert.deepEqual(networks.discriminator?.output, [4]);
    const one = dcgan();
    const generator = one.networks.generator?.parameters ?? 0;
    const headOfEach = 4 * 4 * 256 + 1;
    assert.equal(parameters, one.parameters + 2 * generator + 3 * headOfEach);
  });

  it('counts memory in proportion to the batch', () => {
    const one = describeModel('dcgan', defaultSpec('dcgan'), 1).bytesPerBatch;
    assert.equal(describeModel('dcgan', defaultSpec('dcgan'), 128).bytesPerBatch, 128 * one);
    // Outputs of the generator's dense, norm, relu; two conv blocks; conv, tanh. Discriminator: conv, lrelu; two blocks; head.
    const generator = 3 * 7 * 7 * 256 + 3 * 7 * 7 * 128 + 3 * 14 * 14 * 64 + 2 * 28 * 28;
    const discriminator = 2 * 14 * 14 * 64 + 3 * 7 * 7 * 128 + 3 * 4 * 4 * 256 + 1;
    assert.equal(one, 4 * (generator + 2 * discriminator));
  });

  it('judges pac images as one: more channels, fewer examples', () => {
    const one = dcgan({ normalization: { generator: 'batch', discriminator: 'none' } });
    const two = dcgan({ normalization: { generator: 'batch', discriminator: 'none' }, pac: 2 });
    assert.deepEqual(named(two.networks.discriminator as NetworkDescription, 'conv_1/kernel')?.shape, [5, 5, 2, 64]);
    assert.ok(two.bytesPerBatch < one.bytesPerBatch);
  });

  it('does not count what is not trained: moving statistics, vectors of spectral normalisation', () => {
    const plain = dcgan();
    const spectral = dcgan({ spectralNormalization: 'discriminator' });
    assert.equal(spectral.parameters, plain.parameters);
    const { generator, discriminator } = spectral.networks as Record<string, NetworkDescription>;
    assert.equal(named(discriminator as NetworkDescription, 'conv_1/u')?.trainable, false);
    assert.equal(named(generator as NetworkDescription, 'dense_1/u'), undefined);
    assert.equal(named(generator as NetworkDescription, 'norm_1/moving_mean')?.trainable, false);
  });

  it('lists all weights of networks that grow, and those of the stage asked for', () => {
    const spec = defaultSpec('progressive', { imageSize: 32 });
    const at = (resolution: number) => {
      const { generator } = describeModel('progressive', { ...spec, stage: [resolution, resolution, 1] }, 1).networks;
      return generator as NetworkDescription;
    };
    const stages = [4, 8, 16, 32].map(at);
    for (const { weights } of stages) assert.deepEqual(weights, stages[3]?.weights);
    const images = ({ current }: NetworkDescription) =>
      [...current].filter((name) => name.startsWith('image_') && name.endsWith('kernel'));
    assert.deepEqual(images(stages[0] as NetworkDescription), ['image_4/kernel']);
    assert.deepEqual(images(stages[2] as NetworkDescription), ['image_8/kernel', 'image_16/kernel']);
    assert.deepEqual(
      stages.map(({ output }) => output[0]),
      [4, 8, 16, 32],
    );
    const known = new Set(stages.flatMap(({ current }) => [...current]));
    assert.deepEqual([...known].sort(), stages[3]?.weights.map(({ name }) => name).sort());
    assert.throws(() => at(12), /works on 4×4×1, 8×8×1, 16×16×1, 32×32×1, never on 12×12×1/);
  });

  it('throws what the architecture refuses', () => {
    assert.throws(() => dcgan({ imageSize: 30 }), RangeError);
  });
});
