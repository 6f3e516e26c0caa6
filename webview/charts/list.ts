/** Every chart of the panel, in the order of its tabs. A new one is one more entry. */
import { t } from '../base/l10n.ts';
import { type Chart, chart } from './chart.ts';

export const LOSSES = chart({
  name: 'losses',
  title: t('Losses'),
  explanation: t('What the networks minimise.'),
  curves: ({ curves }) => curves,
});

export const charts: readonly Chart[] = [
  LOSSES,
  chart({
    name: 'scores',
    title: t('Scores'),
    explanation: t('How well the discriminator tells examples apart, from 0 to 1.'),
    curves: ['realScore', 'fakeScore', 'pairAccuracy', 'generatorAccuracy'],
    scale: 'linear',
    includes: [0, 1],
  }),
  chart({
    name: 'outputs',
    title: t('Outputs'),
    explanation: t('What the discriminator says of real and of generated examples.'),
    curves: ['criticReal', 'criticFake', 'wassersteinDistance', 'margin'],
  }),
  chart({
    name: 'penalties',
    title: t('Penalties'),
    explanation: t('What regularises the discriminator, before its weights.'),
    curves: ['gradientPenalty', 'divergence', 'dragan', 'r1', 'r2', 'lecam'],
  }),
  chart({
    name: 'terms',
    title: t('Terms'),
    explanation: t('What the losses hold besides the objective, before its weights.'),
    curves: ['classification', 'fakeClassification', 'decoderError', 'featureMatching', 'diversity', 'content'],
  }),
  chart({
    name: 'augmentation',
    title: t('Augmentation'),
    explanation: t('How much examples are augmented, and the overfitting that decides it.'),
    curves: ['augmentationProbability', 'overfitting'],
    scale: 'linear',
    includes: [0, 1],
  }),
  chart({
    name: 'speed',
    title: t('Speed'),
    explanation: t('How fast the run trains.'),
    curves: ['imagesPerSecond'],
    includes: [0],
  }),
];
