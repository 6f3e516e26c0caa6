/** Normalisation: what it does not go with. */
import { penaltyAbouts, penaltyNames } from '../../objectives/abouts.ts';
import type { PenaltyConfig } from '../resolved-config.ts';
import { inGames, refused, setTo, warned } from './rule.ts';

const isBatch = (kind: string) => kind === 'batch' || kind === 'conditional-batch';

/** Penalties in use that are defined on the gradient of one example's logit. */
const penaltiesOf = (penalties: PenaltyConfig) =>
  penaltyNames.filter((name) => penaltyAbouts[name].ofSlope && penalties[name] > 0);

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
