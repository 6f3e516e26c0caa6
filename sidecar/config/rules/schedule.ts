/** Keys of schedule and burn-in that change nothing. */
import { penaltyAbouts, penaltyNames } from '../../objectives/abouts.ts';
import { between, ignored } from './rule.ts';

export const idleScheduleKeys = between(({ training, given }) => {
  const { kind } = training.schedule;
  if (kind === 'step' || kind === 'exponential') return [];
  return ['training.schedule.everyImages', 'training.schedule.factor']
    .filter(given)
    .map((key) => ignored(key, `a ${kind} schedule has no use for it; step and exponential have`));
});

/** Penalties whose weight a burn-in changes. */
const burning = penaltyNames.filter((name) => penaltyAbouts[name].burnIn);

export const idleBurnInKeys = between(({ training, objective, optimizer, about, given }) => {
  const key = (name: string) => `training.burnIn.${name}`;
  const found = (name: string, why: string) => (given(key(name)) ? [ignored(key(name), why)] : []);
  if (training.burnIn.images === 0) {
    return ['learningRate', 'penalty', 'beta2'].flatMap((name) => found(name, 'give "images" to have a burn-in'));
  }
  const { generator, discriminator } = optimizer;
  const networks = about.family === 'adversarial' ? [generator, discriminator] : [generator];
  const withBeta2 = networks.some(({ kind }) => kind === 'adam' || kind === 'adamw');
  return [
    ...(about.family === 'adversarial' && burning.every((name) => objective.penalties[name] === 0)
      ? found(
          'penalty',
          `it is about ${burning.map((name) => `"${name}"`).join(' and ')} of objective.penalties, and both are 0`,
        )
      : []),
    ...(withBeta2 ? [] : found('beta2', 'neither optimizer is adam or adamw')),
  ];
});
