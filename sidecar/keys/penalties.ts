import { type PenaltyName, penaltyAbouts, penaltyNames } from '../objectives/abouts.ts';
import { numberStop } from '../terms/snippet.ts';
import { group, number } from './key.ts';
import { adversaries } from './users.ts';

const weightOf = (name: PenaltyName) => {
  const { title, description, details, examples } = penaltyAbouts[name];
  return number(
    { title, description, details: `${details} 0 is off.`, usual: 0, examples },
    { minimum: 0, maximum: 1_000_000 },
  );
};

const weights = Object.fromEntries(penaltyNames.map((name) => [name, weightOf(name)])) as Readonly<
  Record<PenaltyName, ReturnType<typeof weightOf>>
>;

export const penalties = group(
  {
    title: 'Penalties',
    description: 'Regularisers of the discriminator, each with its weight.',
    usedBy: adversaries,
  },
  weights,
  [
    { label: 'WGAN-GP', description: 'Gradient penalty of weight 10', body: { gradient: numberStop(1, 10) } },
    {
      label: 'R1 and R2',
      description: 'Zero-centred penalties at real and generated images',
      body: { r1: numberStop(1, 1), r2: numberStop(2, 1) },
    },
  ],
);
