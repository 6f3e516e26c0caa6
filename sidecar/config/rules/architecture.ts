/** Keys and losses that an architecture has no use for. */
import { type LimitedKey, lossesOf, usedBy } from '../architecture-traits.ts';
import { between, ignored, refused, setTo, without } from './rule.ts';

const and = (names: readonly string[]) =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** "only vae uses it" where few do; else what the architecture lacks. */
const why = (key: LimitedKey, architecture: string) => {
  const users = usedBy[key];
  const only = users.length === 1 ? `only ${users[0]} uses it` : `only ${and(users)} use it`;
  const networks = `${architecture} has no second network to play against`;
  return users.length > 6 && (architecture === 'vae' || architecture === 'pixelcnn')
    ? networks
    : `${only}, and the architecture is ${architecture}`;
};

export const keysOfOtherArchitectures = between(({ architecture, given }) =>
  (Object.keys(usedBy) as LimitedKey[])
    .filter((key) => given(key) && !usedBy[key].includes(architecture))
    .map((key) => ignored(key, why(key, architecture))),
);

export const lossOfFamily = between(({ architecture, traits, objective, place }) => {
  const losses = lossesOf[traits.family];
  if (losses.includes(objective.loss)) return [];
  const [own] = losses;
  const message =
    losses.length === 1
      ? `${architecture} is trained with the loss "${own}" only; "${objective.loss}" needs a discriminator`
      : `"${objective.loss}" is no loss of two networks; ${architecture} takes ${losses.join(', ')}`;
  const fix = losses.length === 1 && own !== undefined ? setTo('objective.loss', own) : without('objective.loss');
  return [refused('objective/loss-family', message, place('objective.loss'), { fix })];
});
