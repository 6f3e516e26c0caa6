import assert from 'node:assert/strict';
import type { ArchitectureName } from '../../../sidecar/config/resolved-config.ts';
import { architectures, refusalOf } from '../../../sidecar/models/index.ts';
import { defaultSpec, type SpecChanges } from './specs.ts';

const none = { generator: 'none', discriminator: 'none' } as const;

const refused: readonly (readonly [ArchitectureName, SpecChanges, RegExp])[] = [
  ['chapter-deep', { imageSize: 30 }, /multiple of 4; 30 is not/],
  ['dcgan', { imageSize: 30 }, /16, 20, 24, 28, 32, 40, .* 256 pixels; 30 is none of them/],
  ['resnet', { imageSize: 272 }, /272 is none of them/],
  ['r3gan', { imageSize: 12 }, /12 is none of them/],
  ['progressive', { imageSize: 28 }, /power of two \(16, 32, 64, 128, 256\); 28 is not/],
  ['super-resolution', { imageSize: 30, scale: 4 }, /multiple of 4 from 16 to 256; 30 is not/],
  ['image-to-image', { imageSize: 30 }, /multiple of 4 from 16 to 256; 30 is not/],
  ['chapter-mlp-conv', { selfAttention: true }, /no map to attend to/],
  [
    'chapter-mlp-conv',
    { normalization: { ...none, generator: 'instance' } },
    /instance normalisation of a single number/,
  ],
  ['chapter-deep', { normalization: { ...none, generator: 'instance' } }, /instance normalisation of a single number/],
  ['r3gan', { normalization: { ...none, generator: 'batch' } }, /no normalisation in either network/],
  ['r3gan', { spectralNormalization: 'discriminator' }, /begins at 0/],
  ['r3gan', { baseChannels: 12 }, /must be a multiple of 8; 12 is not/],
  ['progressive', { imageSize: 32, spectralNormalization: 'both' }, /the equalised learning rate/],
  ['progressive', { imageSize: 32, minibatch: 'discrimination' }, /standard deviation/],
  ['super-resolution', { pac: 2 }, /a pack of 2 has no such partner/],
  ['image-to-image', { generators: 2 }, /2 generators have no modes to share/],
  ['image-to-image', { minibatch: 'discrimination' }, /not variety/],
  [
    'dcgan',
    { normalization: { ...none, generator: 'conditional-batch' } },
    /takes scale and shift from the class label, and this model is told none/,
  ],
  [
    'dcgan',
    {
      classes: 10,
      conditioning: 'auxiliary-classifier',
      normalization: { ...none, discriminator: 'conditional-batch' },
    },
    /conditional-batch normalisation would tell it/,
  ],
  [
    'dcgan',
    { classes: 10, pac: 2, normalization: { ...none, discriminator: 'conditional-batch' } },
    /a pack of 2 has several/,
  ],
  ['dcgan', { classes: 10, pac: 2, conditioning: 'auxiliary-classifier' }, /names the class of one image/],
  ['dcgan', { classes: 10, generators: 2, conditioning: 'projection' }, /adds one number to one logit/],
];

describe('architectures', () => {
  for (const [name, over, reason] of refused) {
    it(`${name} refuses ${JSON.stringify(over)}`, () => {
      assert.match(refusalOf(name, defaultSpec(name, over)) ?? 'accepted', reason);
    });
  }

  it('accept what they are without those', () => {
    for (const name of new Set(refused.map(([each]) => each))) {
      assert.equal(refusalOf(name, defaultSpec(name, { imageSize: 32 })), null);
    }
  });

  it('offer the nearest size that they do not refuse', () => {
    for (const [name, architecture] of Object.entries(architectures)) {
      if (architecture.examples !== 'images') continue;
      for (const asked of [3, 16, 27, 30, 33, 150, 255, 300]) {
        const spec = defaultSpec(name as ArchitectureName, { normalization: none, imageSize: asked });
        const example = architecture.nearestExample?.(spec) ?? spec.example;
        const offered = { ...spec, example, stage: example };
        assert.equal(refusalOf(name as ArchitectureName, offered), null, `${name}: ${example} for ${asked}`);
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
      assert.match(
        refusalOf(name as ArchitectureName, spec) ?? 'accepted',
        /make square images, not examples of shape \[2\]/,
      );
    }
  });
});
