/** Losses and the terms beside them. */
import { lossAbouts, lossNames } from '../../objectives/abouts.ts';
import { ignored, inGames, noted, refused, setTo, without } from './rule.ts';

/** What a loss says of itself to whoever chose it. */
export const lossHasRemark = inGames(({ model, objective, given }) => {
  const about = lossAbouts[objective.loss];
  const remark = about.family === 'adversarial' ? about.remark : undefined;
  if (remark === undefined || model.generators > 1 || !given('objective.loss')) return [];
  return [
    noted(remark.code, remark.message, ['objective', 'loss'], {
      choices: [setTo('objective.loss', remark.instead)],
    }),
  ];
});

const smoothed = lossNames.filter((name) => {
  const about = lossAbouts[name];
  return about.family === 'adversarial' && about.hasTarget;
});

/** Salimans et al. 2016, section 3.4: a target below 1 for D(x), which is a probability (or LSGAN's target). */
export const smoothingNeedsTargets = inGames(({ objective, model, place }) => {
  const { loss, labelSmoothing } = objective;
  if (labelSmoothing === 0 || (smoothed.includes(loss) && model.generators === 1)) return [];
  const what = model.generators > 1 ? 'The loss of several generators' : `"${loss}"`;
  const message =
    `${what} has no target for real images that could be smoothed; only ${smoothed.join(', ')} have one ` +
    '(Salimans et al. 2016, section 3.4)';
  return [
    refused('objective/label-smoothing', message, place('objective.labelSmoothing'), {
      fix: without('objective.labelSmoothing'),
    }),
  ];
});

/** Ghosh et al. 2018, section 4: the discriminator is a classifier of k + 1 classes with a softmax. */
export const severalGeneratorsHaveTheirLoss = inGames(({ model, objective, place }) => {
  const { loss } = objective;
  if (model.generators === 1 || loss === 'non-saturating') return [];
  const message =
    `With ${model.generators} generators the discriminator also names the generator, a cross-entropy of ` +
    `${model.generators + 1} classes (Ghosh et al. 2018, section 4), which "${loss}" is not; use "non-saturating"`;
  return [
    refused('objective/generators', message, place('objective.loss', 'model.generators'), {
      choices: [setTo('objective.loss', 'non-saturating'), setTo('model.generators', 1)],
    }),
  ];
});

export const classificationNeedsClassifier = inGames(({ model, given }) =>
  given('objective.classification') && !(model.conditional && model.conditioning === 'auxiliary-classifier')
    ? [ignored('objective.classification', 'only the auxiliary classifier uses it; see "model.conditioning"')]
    : [],
);
