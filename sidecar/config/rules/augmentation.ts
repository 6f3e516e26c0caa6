/** Augmentation of what the discriminator sees. */
import { augmentationAbouts, augmentationNames } from '../../augmentations/abouts.ts';
import { sourceAbouts } from '../../data/sources/abouts.ts';
import { architectures } from '../../models/index.ts';
import { ignored, inGames, noted, type Rule, refused, setTo, without } from './rule.ts';

const key = (name: string) => `augmentation.${name}`;

/** Karras et al. 2020, section 3.1: the rule moves the probability of operations. */
export const adaptiveNeedsOperations = inGames(({ augmentation, place }) => {
  if (!augmentation.adaptive || augmentation.operations.length > 0) return [];
  const message =
    'Adaptive augmentation moves the probability of "operations" (Karras et al. 2020, section 3.1), and there are none';
  return [
    refused('augmentation/nothing-to-adapt', message, place(key('adaptive')), {
      choices: [setTo(key('operations'), augmentationNames), without(key('adaptive'))],
    }),
  ];
});

/** Karras et al. 2020, equation 1: the rule reads one logit for "real", and MAD-GAN's discriminator has no such one. */
export const adaptiveHasOneLogit = inGames(({ augmentation, model, place }) => {
  if (!augmentation.adaptive || model.generators === 1) return [];
  const message =
    'Adaptive augmentation reads the sign of one logit (Karras et al. 2020, section 3.1), and with ' +
    `${model.generators} generators the discriminator has ${model.generators + 1}; give a fixed "probability"`;
  return [
    refused('augmentation/adaptive-generators', message, place(key('adaptive'), 'model.generators'), {
      choices: [setTo(key('adaptive'), false), setTo('model.generators', 1)],
    }),
  ];
});

/** Isola et al. 2017, section 3.1: the discriminator sees the image beside what it was made from. */
export const movingBreaksPairs = inGames(({ augmentation, about, place }) => {
  const moving = augmentation.operations.find((name) => augmentationAbouts[name].moves);
  if (about.from !== 'paired' || moving === undefined) return [];
  const message =
    `The operation "${moving}" would move an image away from the one it is compared with (Isola et al. 2017, ` +
    'section 3.1); "data.augment" moves both';
  const rest = augmentation.operations.filter((name) => !augmentationAbouts[name].moves);
  return [
    refused('augmentation/pairs', message, place(key('operations')), {
      fix: rest.length > 0 ? setTo(key('operations'), rest) : without(key('operations')),
    }),
  ];
});

/** Zhao et al. 2020: what is done to images, pixel by pixel. */
export const operationsNeedImages = inGames(({ architecture, augmentation, place }) => {
  if (architectures[architecture].examples === 'images' || augmentation.operations.length === 0) return [];
  const message = `${architecture} makes rows of numbers, and augmentation moves, cuts and colours images; use "instanceNoise"`;
  return [refused('augmentation/no-images', message, place(key('operations')), { fix: without(key('operations')) })];
});

export const idleAugmentationKeys = inGames(({ augmentation, given }) => {
  const { operations, adaptive, instanceNoise } = augmentation;
  const idle = operations.length === 0 ? 'there are no "operations"' : null;
  return [
    ...(idle && given(key('probability')) ? [ignored(key('probability'), idle)] : []),
    ...(!adaptive && given(key('target')) ? [ignored(key('target'), 'only adaptive augmentation has a target')] : []),
    ...(instanceNoise === 0 && given(key('instanceNoiseImages'))
      ? [ignored(key('instanceNoiseImages'), '"instanceNoise" is 0')]
      : []),
  ];
});

/** What an operation cannot do to grey images. */
export const colorOfGrey: Rule = (config) => {
  const { augmentation, data } = config;
  const channels = data?.channels ?? (data?.source && sourceAbouts[data.source].channels);
  if (channels !== 1) return [];
  return (augmentation?.operations ?? []).flatMap((name) => {
    const { lostOnGrey } = augmentationAbouts[name];
    return lostOnGrey === null ? [] : [noted('augmentation/grey', lostOnGrey, ['augmentation', 'operations'])];
  });
};
