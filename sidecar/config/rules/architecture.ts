/** Keys, losses and values that an architecture has no use for, or cannot have. */
import type { Users } from '../../keys/users.ts';
import { architectures } from '../../models/index.ts';
import { refusalsOf } from '../../models/refusals.ts';
import { lossesOf } from '../../objectives/abouts.ts';
import { limitedKeys, usersOf } from '../key-users.ts';
import { between, ignored, refused, setTo, without } from './rule.ts';

const and = (names: readonly string[]) =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** What the architecture lacks, or "only vae uses it". */
const why = ({ lacks }: Users, users: readonly string[], architecture: string) => {
  if (lacks !== null) return `${architecture} ${lacks}`;
  const only = users.length === 1 ? `only ${users[0]} uses it` : `only ${and(users)} use it`;
  return `${only}, and the architecture is ${architecture}`;
};

export const keysOfOtherArchitectures = between(({ architecture, given }) =>
  limitedKeys.flatMap(({ key, users }) => {
    const names = usersOf(users, key);
    return given(key) && !names.includes(architecture) ? [ignored(key, why(users, names, architecture))] : [];
  }),
);

export const lossOfFamily = between(({ architecture, about, objective, place }) => {
  const losses = lossesOf(about.family);
  if (losses.includes(objective.loss)) return [];
  const [own] = losses;
  const message =
    losses.length === 1
      ? `${architecture} is trained with the loss "${own}" only; "${objective.loss}" needs a discriminator`
      : `"${objective.loss}" is not a loss for two networks; ${architecture} takes ${losses.join(', ')}`;
  const fix = losses.length === 1 && own !== undefined ? setTo('objective.loss', own) : without('objective.loss');
  return [refused('objective/loss-family', message, place('objective.loss'), { fix })];
});

/** The architecture's own refusals, one a place. */
export const valuesThatAreRefused = between(({ architecture, model, place }) => {
  const found = refusalsOf(architectures[architecture].about).flatMap(({ code, keys, why, instead }) => {
    const reason = why(model, architecture);
    if (reason === null) return [];
    const choices = instead(model).map(([key, value]) => setTo(`model.${key}`, value));
    const [fix] = choices;
    const at = place(...keys.map((key) => `model.${key}`));
    return [refused(code, reason, at, choices.length === 1 && fix ? { fix } : { choices })];
  });
  return found.filter(({ at }, i) => found.findIndex((other) => other.at.join() === at.join()) === i);
});
