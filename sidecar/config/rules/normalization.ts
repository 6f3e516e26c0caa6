/** Normalisation: what it does not go with. */
import type { PenaltyConfig } from '../resolved-config.ts';
import { between, inGames, refused, setTo, warned } from './rule.ts';

const isBatch = (kind: string) => kind === 'batch' || kind === 'conditional-batch';

/** Penalties that are defined on the gradient of one example's logit. */
const gradientPenalties = ['gradient', 'r1', 'r2', 'dragan'] as const satisfies readonly (keyof PenaltyConfig)[];

const penaltiesOf = (penalties: PenaltyConfig) => gradientPenalties.filter((name) => penalties[name] > 0);

/** Gulrajani et al. 2017, section 4, "No critic batch normalization"; the same holds for every penalty on ∇D. */
export const batchNormWithPenalty = inGames(({ model, objective, place }) => {
  const kind = model.normalization.discriminator;
  const [penalty] = penaltiesOf(objective.penalties);
  if (!isBatch(kind) || penalty === undefined) return [];
  const message =
    `The penalty "${penalty}" is on the slope of each image by itself, and ${kind} normalisation makes it depend on the ` +
    'whole batch; use layer, instance or none in the discriminator (Gulrajani et al. 2017, section 4)';
  const key = 'model.normalization.discriminator';
  return [
    refused('model/batch-norm-penalty', message, place(key, `objective.penalties.${penalty}`), {
      choices: [setTo(key, 'layer'), setTo(key, 'none')],
    }),
  ];
});

/** Closeness of features ties a batch together as batch normalisation does. */
export const discriminationWithPenalty = inGames(({ model, objective, place }) => {
  const [penalty] = penaltiesOf(objective.penalties);
  if (model.minibatch !== 'discrimination' || penalty === undefined) return [];
  const message =
    `Minibatch discrimination makes each logit depend on the whole batch, while the penalty "${penalty}" is on the ` +
    'slope of each image by itself (Gulrajani et al. 2017, section 4); "standard-deviation" is what Karras et al. 2018 ' +
    'use beside a gradient penalty';
  return [
    warned('model/discrimination-penalty', message, place('model.minibatch'), {
      choices: [setTo('model.minibatch', 'standard-deviation')],
    }),
  ];
});

/** Huang et al. 2024, section 4.2: residual blocks with scaled initial weights in place of normalisation. */
export const r3ganWithoutNormalization = between(({ architecture, model, place }) => {
  if (architecture !== 'r3gan') return [];
  return (['generator', 'discriminator'] as const).flatMap((network) => {
    const kind = model.normalization[network];
    if (kind === 'none') return [];
    const key = `model.normalization.${network}`;
    const message =
      `r3gan has no normalisation in either network: its blocks begin as the identity instead, and ${kind} ` +
      'normalisation would undo that (Huang et al. 2024, section 4)';
    return [refused('model/r3gan-normalization', message, place(key), { fix: setTo(key, 'none') })];
  });
});

/** Karras et al. 2018, section 4: statistics of a batch change whenever a resolution fades in. */
export const progressiveWithoutBatchNorm = between(({ architecture, model, objective, place }) => {
  const kind = model.normalization.discriminator;
  if (architecture !== 'progressive' || !isBatch(kind) || penaltiesOf(objective.penalties).length > 0) return [];
  const key = 'model.normalization.discriminator';
  const message =
    `${kind} normalisation in a growing discriminator averages over layers that are still fading in; progressive keeps ` +
    'its scale by the equalised learning rate instead (Karras et al. 2018, section 4)';
  return [refused('model/progressive-batch-norm', message, place(key), { fix: setTo(key, 'none') })];
});

/** Karras et al. 2018, section 4.1: weights times a constant; a spectral norm of 1 takes the constant out again. */
export const progressiveWithoutSpectralNorm = between(({ architecture, model, place }) => {
  if (architecture !== 'progressive' || model.spectralNormalization === 'none') return [];
  const key = 'model.spectralNormalization';
  const message =
    'progressive scales every weight by a constant (the equalised learning rate; Karras et al. 2018, section 4.1), and ' +
    'spectral normalisation would divide that constant out again';
  return [refused('model/progressive-spectral-norm', message, place(key), { fix: setTo(key, 'none') })];
});

/** Whatever averages over pixels shows a pixel those that come after it. */
export const pixelcnnNormalization = between(({ architecture, model, place }) => {
  const kind = model.normalization.generator;
  if (architecture !== 'pixelcnn' || kind === 'none' || kind === 'pixel') return [];
  const key = 'model.normalization.generator';
  const message =
    `${kind} normalisation averages over pixels, so that pixelcnn would see the pixels it is to predict ` +
    '(van den Oord et al. 2016, section 2); use none or pixel';
  return [
    refused('model/pixelcnn-normalization', message, place(key), {
      choices: [setTo(key, 'none'), setTo(key, 'pixel')],
    }),
  ];
});

/** Dumoulin et al. 2017: scale and shift belong to a class. */
export const conditionalBatchNeedsClasses = between(({ traits, model, place }) =>
  (['generator', 'discriminator'] as const).flatMap((network) => {
    if (network === 'discriminator' && traits.family !== 'adversarial') return [];
    if (model.conditional || model.normalization[network] !== 'conditional-batch') return [];
    const key = `model.normalization.${network}`;
    const message =
      '"conditional-batch" takes scale and shift from the class label, and this model is told none (Dumoulin et al. 2017)';
    return [
      refused('model/conditional-batch', message, place(key), {
        choices: [setTo('model.conditional', true), setTo(key, 'batch')],
      }),
    ];
  }),
);
