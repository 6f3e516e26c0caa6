/** What cuts a batch into parts, or looks across it. */
import { inGames, refused, setTo, warned } from './rule.ts';

/** The nearest multiple of a number, at least one of it. */
const nearestMultiple = (value: number, of: number) => Math.max(1, Math.round(value / of)) * of;

/** Lin et al. 2018, section 3: m samples of one class of inputs make one input of the discriminator. */
export const packsAndParts = inGames(({ model, training, place }) => {
  const { pac, generators } = model;
  const { batchSize } = training;
  const parts = pac * generators;
  if (batchSize % parts === 0) return [];
  const what =
    generators === 1
      ? `packs of ${pac} images (Lin et al. 2018)`
      : pac === 1
        ? `equal parts for ${generators} generators (Ghosh et al. 2018)`
        : `packs of ${pac} images from each of ${generators} generators`;
  const message = `A batch of ${batchSize} cannot be cut into ${what}; its size must be a multiple of ${parts}`;
  const at = place('training.batchSize', pac > 1 ? 'model.pac' : 'model.generators');
  return [
    refused('training/batch-parts', message, at, {
      fix: setTo('training.batchSize', nearestMultiple(batchSize, parts)),
    }),
  ];
});

/** Images that the deviation is taken over (Karras et al. 2018 take 4). */
const group = 4;

const largestDivisor = (number: number, most: number): number => {
  let divisor = Math.min(number, most);
  while (number % divisor !== 0) divisor -= 1;
  return divisor;
};

export const deviationNeedsCompany = inGames(({ model, training, place }) => {
  const judged = training.batchSize / model.pac;
  if (model.minibatch === 'none' || !Number.isInteger(judged)) return [];
  const size = model.minibatch === 'standard-deviation' ? largestDivisor(judged, group) : judged;
  if (size > 1) return [];
  const message =
    `"${model.minibatch}" compares an image with others of its batch, and ${judged} has no group of 2 to ${group}; ` +
    `use a multiple of ${group * model.pac} (Karras et al. 2018, section 3)`;
  return [
    warned('training/minibatch-group', message, place('training.batchSize', 'model.minibatch'), {
      fix: setTo('training.batchSize', nearestMultiple(training.batchSize, group * model.pac)),
    }),
  ];
});
