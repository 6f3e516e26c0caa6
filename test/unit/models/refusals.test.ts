import assert from 'node:assert/strict';
import type { ArchitectureName } from '../../../sidecar/config/resolved-config.ts';
import { architectures } from '../../../sidecar/models/index.ts';
import { defaultSpec, type SpecChanges } from './specs.ts';

const none = { generator: 'none', discriminator: 'none' } as const;

const refused: readonly (readonly [ArchitectureName, SpecChanges, RegExp])[] = [
  ['chapter-deep', { imageSize: 30 }, /multiple of 4; 30 is not/],
  ['dcgan', { imageSize: 30 }, /16, 20, 24, 28, 32, 40, .* 256 pixels; 30 is none of them/],
  ['resnet', { imageSize: 272 }, /272 is none of them/],
  ['r3gan', { imageSize: 12 }, /12 is none of them/],
  ['progressive', { imageSize: 28 }, /power of two \(16, 32, 64, 128, 256\); 28 is not/],
  ['super-resolution', { imageSize: 30, scale: 4 }, /multiple of 4 from 16 to 256; 30 is not/],
  ['super-resolution', { scale: 3 }, /enlarges 2 or 4 times, not 3/],
  ['image-to-image', { imageSize: 30 }, /multiple of 4 from 16 to 256; 30 is not/],
  ['chapter-mlp-conv', { selfAttention: true }, /no map for self-attention/],
  [
    'chapter-mlp-conv',
    { normalization: { ...none, generator: 'instance' } },
    /instance normalisation of a single number/,
  ],
  ['chapter-deep', { normalization: { ...none, generator: 'instance' } }, /instance normalisation of a single number/],
  ['r3gan', { normalization: { ...none, generator: 'batch' } }, /no normalisation in either network/],
  ['r3gan', { spectralNormalization: 'discriminator' }, /begin at 0/],
  ['r3gan', { baseChannels: 12 }, /multiple of 8; 12 is not/],
  ['progressive', { imageSize: 32, spectralNormalization: 'both' }, /equalises its learning rates/],
  ['progressive', { imageSize: 32, minibatch: 'discrimination' }, /standard deviation/],
  ['super-resolution', { pac: 2 }, /pac must be 1/],
  ['image-to-image', { generators: 2 }, /set generators to 1/],
  ['image-to-image', { minibatch: 'discrimination' }, /not variety/],
  ['dcgan', { normalization: { ...none, generator: 'conditional-batch' } }, /model.conditional must be true/],
  [
    'dcgan',
    {
      classes: 10,
      conditioning: 'auxiliary-classifier',
      normalization: { ...none, discriminator: 'conditional-batch' },
    },
    /may not be given it/,
  ],
  ['dcgan', { classes: 10, pac: 2, normalization: { ...none, discriminator: 'conditional-batch' } }, /pac must be 1/],
  ['dcgan', { classes: 10, pac: 2, conditioning: 'auxiliary-classifier' }, /names the class of one image/],
  ['dcgan', { classes: 10, generators: 2, conditioning: 'projection' }, /softmax cancels/],
];

describe('architectures', () => {
  for (const [name, over, reason] of refused) {
    it(`${name} refuses ${JSON.stringify(over)}`, () => {
      assert.match(architectures[name].refuses(defaultSpec(name, over)) ?? 'accepted', reason);
    });
  }

  it('accept what they are without those', () => {
    for (const name of new Set(refused.map(([each]) => each))) {
      assert.equal(architectures[name].refuses(defaultSpec(name, { imageSize: 32 })), null);
    }
  });

  it('offer the nearest size that they do not refuse', () => {
    for (const [name, architecture] of Object.entries(architectures)) {
      for (const asked of [3, 16, 27, 30, 33, 150, 255, 300]) {
        const spec = defaultSpec(name as ArchitectureName, { normalization: none, imageSize: asked });
        const example = architecture.nearestExample?.(spec) ?? spec.example;
        const offered = { ...spec, example, stage: example };
        assert.equal(architecture.refuses(offered), null, `${name}: ${example} for ${asked}`);
        assert.deepEqual(architecture.nearestExample?.(offered) ?? example, example, 'a size that fits stays');
      }
    }
    const nearest = (name: ArchitectureName, over: SpecChanges) =>
      architectures[name].nearestExample?.(defaultSpec(name, over))?.[0];
    assert.equal(nearest('dcgan', { imageSize: 42 }), 40);
    assert.equal(nearest('progressive', { imageSize: 28 }), 32);
    assert.equal(nearest('super-resolution', { imageSize: 30, scale: 2 }), 30);
  });

  it('of images refuse what is none', () => {
    for (const [name, architecture] of Object.entries(architectures)) {
      if (architecture.examples !== 'images') continue;
      const spec = { ...defaultSpec(name as ArchitectureName), example: [2], stage: [2] };
      assert.match(architecture.refuses(spec) ?? 'accepted', /make square images, not examples of shape \[2\]/);
    }
  });
});
