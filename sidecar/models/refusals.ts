/** Values of `model` that networks cannot have: one list for the editor's diagnostics and for whoever builds networks. */
import type { ModelOptions } from '../keys/options.ts';
import type { ArchitectureAbout } from './about.ts';
import type { Refusal } from './refusal.ts';

/** Refuses every value of a key but these. */
export const only = (
  key: string,
  allowed: readonly unknown[],
  code: string,
  why: (value: string) => string,
): Refusal => ({
  code,
  keys: [key],
  why: (model) => (allowed.includes(at(model, key)) ? null : why(`${at(model, key)}`)),
  instead: () => allowed.map((value) => [key, value]),
});

/** Refuses these values of a key; `instead` are some that it may have. */
export const never = (
  key: string,
  refused: readonly unknown[],
  instead: readonly unknown[],
  code: string,
  why: (value: string, architecture: string) => string,
): Refusal => ({
  code,
  keys: [key],
  why: (model, name) => (refused.includes(at(model, key)) ? why(`${at(model, key)}`, name) : null),
  instead: () => instead.map((value) => [key, value]),
});

const at = (model: ModelOptions, key: string): unknown =>
  key.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], model);

/** Ulyanov et al. 2016: mean and variance over the pixels of one channel; a dense layer has one. */
export const instanceNeedsMap: Refusal = never(
  'normalization.generator',
  ['instance'],
  ['batch', 'layer'],
  'model/instance-norm',
  (_, name) =>
    `The generator of ${name} has dense layers, and instance normalisation of a single number is 0 ` +
    '(Ulyanov et al. 2016); use batch or layer',
);

/** Dumoulin et al. 2017: scale and shift belong to a class. */
const needsClasses = (network: 'generator' | 'discriminator'): Refusal => ({
  code: 'model/conditional-batch',
  keys: [`normalization.${network}`],
  why: ({ conditional, normalization }) =>
    conditional || normalization[network] !== 'conditional-batch'
      ? null
      : '"conditional-batch" takes scale and shift from the class label, and this model is told none (Dumoulin et al. 2017)',
  instead: () => [
    ['conditional', true],
    [`normalization.${network}`, 'batch'],
  ],
});

/** Of discriminators, whatever their layers. */
const ofDiscriminators: readonly Refusal[] = [
  needsClasses('discriminator'),
  {
    // Odena et al. 2017: the discriminator is paid for naming the class.
    code: 'model/class-told',
    keys: ['normalization.discriminator'],
    why: ({ conditional, conditioning, normalization }) =>
      conditional && conditioning === 'auxiliary-classifier' && normalization.discriminator === 'conditional-batch'
        ? 'An auxiliary classifier is to name the class (Odena et al. 2017), and conditional-batch normalisation would ' +
          'tell it; use another normalisation in the discriminator'
        : null,
    instead: () => [
      ['normalization.discriminator', 'batch'],
      ['normalization.discriminator', 'none'],
    ],
  },
  {
    code: 'model/pac-conditional-batch',
    keys: ['pac', 'normalization.discriminator'],
    why: ({ pac, normalization }) =>
      pac > 1 && normalization.discriminator === 'conditional-batch'
        ? `"conditional-batch" takes scale and shift from the class of one image (Dumoulin et al. 2017), and a pack of ` +
          `${pac} has several; use "pac": 1, or batch normalisation in the discriminator`
        : null,
    instead: () => [
      ['pac', 1],
      ['normalization.discriminator', 'batch'],
    ],
  },
  {
    // Lin et al. 2018, section 3: one answer a pack.
    code: 'model/pac-classifier',
    keys: ['pac', 'conditioning'],
    why: ({ conditional, conditioning, pac }) =>
      conditional && conditioning === 'auxiliary-classifier' && pac > 1
        ? `An auxiliary classifier names the class of one image (Odena et al. 2017), and a pack of ${pac} has one answer ` +
          '(Lin et al. 2018); use "pac": 1, or conditioning by concat'
        : null,
    instead: () => [
      ['pac', 1],
      ['conditioning', 'concat'],
    ],
  },
  {
    // Ghosh et al. 2018: logits of k + 1 makers; Miyato and Koyama 2018 add one number to one logit.
    code: 'model/projection-generators',
    keys: ['conditioning', 'generators'],
    why: ({ conditional, conditioning, generators }) =>
      conditional && conditioning === 'projection' && generators > 1
        ? `The projection adds one number to one logit (Miyato and Koyama 2018), and with ${generators} generators the ` +
          `discriminator has ${generators + 1} (Ghosh et al. 2018); use concat or embedding`
        : null,
    instead: () => [
      ['conditioning', 'concat'],
      ['generators', 1],
    ],
  },
];

/** Of networks that make one example from another. */
const ofTranslations: readonly Refusal[] = [
  {
    // Lin et al. 2018, section 3: packs of images that are made from nothing but z.
    code: 'model/pac-translation',
    keys: ['pac'],
    why: ({ pac }, name) =>
      pac > 1
        ? `${name} judges each image beside the one it was made from, and a pack of ${pac} has no such partner ` +
          '(Lin et al. 2018, section 3)'
        : null,
    instead: () => [['pac', 1]],
  },
  {
    // Ghosh et al. 2018, section 4: generators of one z; what they make is told apart image by image.
    code: 'model/generators-translation',
    keys: ['generators'],
    why: ({ generators }, name) =>
      generators > 1
        ? `${name} makes one image from another, so that ${generators} generators have no modes to share ` +
          '(Ghosh et al. 2018, section 4)'
        : null,
    instead: () => [['generators', 1]],
  },
  never(
    'minibatch',
    ['discrimination'],
    ['none'],
    'model/discrimination-translation',
    (_, name) =>
      `${name} wants the image that belongs to its input, not variety, which minibatch discrimination is for ` +
      '(Salimans et al. 2016, section 3.2)',
  ),
];

/** An architecture's own refusals, and those of all its kind. */
export const refusalsOf = ({ refusals, family, from }: ArchitectureAbout): readonly Refusal[] => [
  ...refusals,
  ...(family === 'adversarial' && from !== 'latent' ? ofTranslations : []),
  needsClasses('generator'),
  ...(family === 'adversarial' ? ofDiscriminators : []),
];

/** Says why the architecture cannot have these options, or null. */
export function refusedOption(name: string, about: ArchitectureAbout, model: ModelOptions): string | null {
  for (const { why } of refusalsOf(about)) {
    const reason = why(model, name);
    if (reason !== null) return reason;
  }
  return null;
}
