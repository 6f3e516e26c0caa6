/** The Wasserstein loss and what bounds its critic. */
import { isCritic, penaltyAbouts, penaltyNames } from '../../objectives/abouts.ts';
import { inGames, noted, refused, setTo, without } from './rule.ts';

/** Penalties that bound a critic's slope. */
const bounding = penaltyNames.flatMap((name) => {
  const { bound } = penaltyAbouts[name];
  return bound ? [{ name, key: `objective.penalties.${name}`, ...bound }] : [];
});

/** Arjovsky et al. 2017, section 3: the dual form is a supremum over 1-Lipschitz functions. */
export const criticNeedsBound = inGames(({ model, objective, place }) => {
  const { loss, weightClip, penalties } = objective;
  const bounded =
    weightClip > 0 ||
    bounding.some(({ name }) => penalties[name] > 0) ||
    ['discriminator', 'both'].includes(model.spectralNormalization);
  if (!isCritic(loss) || bounded) return [];
  const message =
    `The Wasserstein loss has no bound unless the critic’s slope has one: give ${bounding.map(({ name }) => `"penalties.${name}"`).join(', ')}, ` +
    '"weightClip" or spectral normalisation (Arjovsky et al. 2017, section 3; Gulrajani et al. 2017)';
  return [
    refused('objective/no-lipschitz', message, place('objective.loss', ...bounding.map(({ key }) => key)), {
      choices: [
        ...bounding.map(({ key, weight }) => setTo(key, weight)),
        setTo('objective.weightClip', 0.01),
        setTo('model.spectralNormalization', 'discriminator'),
      ],
    }),
  ];
});

/** Arjovsky et al. 2017, algorithm 1, is the only one that clips. */
export const clippingIsWasserstein = inGames(({ objective, place }) => {
  const { loss, weightClip } = objective;
  if (weightClip === 0 || isCritic(loss)) return [];
  const message =
    `Weight clipping bounds the critic of the Wasserstein loss (Arjovsky et al. 2017, algorithm 1); with "${loss}" it ` +
    'only takes the discriminator’s strength';
  return [
    refused('objective/weight-clip', message, place('objective.weightClip'), {
      choices: [without('objective.weightClip'), setTo('objective.loss', 'wasserstein')],
    }),
  ];
});

/** Gulrajani et al. 2017, section 3: clipping drives the weights to the bound. */
export const clippingOrPenalty = inGames(({ objective, place }) => {
  const { loss, weightClip, penalties } = objective;
  const penalty = bounding.find(({ name }) => penalties[name] > 0);
  if (!isCritic(loss) || weightClip === 0 || penalty === undefined) return [];
  return [
    refused('objective/clip-and-penalty', penalty.besideClipping, place('objective.weightClip', penalty.key), {
      choices: [setTo('objective.weightClip', 0), setTo(penalty.key, 0)],
    }),
  ];
});

/** Arjovsky et al. 2017, section 4. */
export const clippingWithMomentum = inGames(({ objective, optimizer, place }) => {
  const { kind, beta1, momentum } = optimizer.discriminator;
  const hasMomentum = kind === 'adam' || kind === 'adamw' ? beta1 > 0 : momentum > 0;
  if (!isCritic(objective.loss) || objective.weightClip === 0 || !hasMomentum) return [];
  const message =
    'With clipped weights an optimizer with momentum makes training unstable at times; the paper recommends RMSProp ' +
    'at 5e-5 (Arjovsky et al. 2017, section 4)';
  const network = 'optimizer.discriminator';
  const isAdam = kind === 'adam' || kind === 'adamw';
  const keys = isAdam ? [`${network}.kind`, `${network}.beta1`] : [`${network}.momentum`];
  const choices = isAdam
    ? [setTo(`${network}.kind`, 'rmsprop'), setTo(`${network}.beta1`, 0)]
    : [setTo(`${network}.momentum`, 0)];
  return [noted('optimizer/clip-momentum', message, place(...keys, 'objective.weightClip'), { choices })];
});
