/** What the layers of an architecture do not go with. */
import type { ExampleKind } from '../../models/architecture.ts';
import { architectures } from '../../models/index.ts';
import { type ExampleFacts, specOf } from '../../models/spec.ts';
import { between, inGames, refused, setTo } from './rule.ts';

/** Odena et al. 2017: the discriminator is paid for naming the class. */
export const classBesideClassifier = inGames(({ model, place }) => {
  const { conditional, conditioning, normalization } = model;
  if (!conditional || conditioning !== 'auxiliary-classifier' || normalization.discriminator !== 'conditional-batch') {
    return [];
  }
  const key = 'model.normalization.discriminator';
  const message =
    'An auxiliary classifier is to name the class (Odena et al. 2017), and conditional-batch normalisation would tell ' +
    'it; use another normalisation in the discriminator';
  return [refused('model/class-told', message, place(key), { choices: [setTo(key, 'batch'), setTo(key, 'none')] })];
});

/** Channels of a group of r3gan's convolutions come from twice the base channels. */
const multiple = 8;

/** Huang et al. 2024, section 4: grouped convolutions, and a last one that begins at 0. */
export const r3ganBlocks = between(({ architecture, model, place }) => {
  if (architecture !== 'r3gan') return [];
  const { spectralNormalization, baseChannels } = model;
  const spectral =
    spectralNormalization === 'none'
      ? []
      : [
          refused(
            'model/r3gan-spectral-norm',
            'The last convolution of an r3gan block begins at 0 (Huang et al. 2024, section 4), and spectral ' +
              'normalisation would divide it by its largest singular value, 0',
            place('model.spectralNormalization'),
            { fix: setTo('model.spectralNormalization', 'none') },
          ),
        ];
  if (baseChannels % multiple === 0) return spectral;
  const fitting = Math.max(1, Math.round(baseChannels / multiple)) * multiple;
  const message =
    `r3gan cuts its channels into groups (Huang et al. 2024, section 4), so that "baseChannels" must be a multiple of ` +
    `${multiple}; ${baseChannels} is not`;
  const fix = setTo('model.baseChannels', fitting);
  return [...spectral, refused('model/r3gan-groups', message, place('model.baseChannels'), { fix })];
});

/** Ulyanov et al. 2016: mean and variance over the pixels of one channel; a dense layer has one. */
export const instanceNeedsMap = between(({ architecture, model, place }) => {
  const dense = architecture === 'chapter-mlp-conv' || architecture === 'chapter-deep';
  if (!dense || model.normalization.generator !== 'instance') return [];
  const key = 'model.normalization.generator';
  const message =
    `The generator of ${architecture} has dense layers, and instance normalisation of a single number is 0 ` +
    '(Ulyanov et al. 2016); use batch or layer';
  return [refused('model/instance-norm', message, place(key), { choices: [setTo(key, 'batch'), setTo(key, 'layer')] })];
});

/** Zhang et al. 2019: attention between the places of a map. */
export const selfAttentionNeedsMap = between(({ architecture, model, place }) => {
  if (architecture !== 'chapter-mlp-conv' || !model.selfAttention) return [];
  const key = 'model.selfAttention';
  const message =
    'chapter-mlp-conv makes its images with dense layers, which have no map to attend to (Zhang et al. 2019)';
  return [refused('model/self-attention', message, place(key), { fix: setTo(key, false) })];
});

/** Salimans et al. 2016 seek variety; Karras et al. 2018 replace it by the standard deviation. */
export const deviationInsteadOfDiscrimination = inGames(({ architecture, traits, model, place }) => {
  if (model.minibatch !== 'discrimination') return [];
  const key = 'model.minibatch';
  if (traits.from !== 'latent') {
    const message =
      `${architecture} wants the image that belongs to its input, not variety, which minibatch discrimination is for ` +
      '(Salimans et al. 2016, section 3.2)';
    return [refused('model/discrimination-translation', message, place(key), { fix: setTo(key, 'none') })];
  }
  if (architecture !== 'progressive') return [];
  const message =
    'progressive sees its batch by the standard deviation, the simpler successor of minibatch discrimination ' +
    '(Karras et al. 2018, section 3)';
  const fix = setTo(key, 'standard-deviation');
  return [refused('model/discrimination-progressive', message, place(key), { fix })];
});

/** What stands in for the data: the rules that read them ask about sizes. */
const anyExamples: Readonly<Record<ExampleKind, ExampleFacts>> = {
  images: { shape: [32, 32, 1], sourceShape: [32, 32, 1], classNames: Array.from({ length: 10 }, String) },
  vectors: { shape: [2], sourceShape: [2], classNames: Array.from({ length: 10 }, String) },
};

/** The networks' own word, for whatever no rule has a better one for. */
export const networksFit = between(({ architecture: name, model }) => {
  const architecture = architectures[name];
  const facts = anyExamples[architecture.examples];
  const shape = architecture.nearestExample?.(specOf(model, facts)) ?? facts.shape;
  const reason = architecture.refuses(specOf(model, { ...facts, shape }));
  return reason === null ? [] : [refused('model/refused', reason, ['model', 'architecture'])];
});
