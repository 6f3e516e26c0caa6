/** The Wasserstein loss and what bounds its critic. */
import { inGames, noted, refused, setTo, without } from './rule.ts';

/** Arjovsky et al. 2017, section 3: the dual form is a supremum over 1-Lipschitz functions. */
export const wassersteinNeedsBound = inGames(({ model, objective, place }) => {
  const { loss, weightClip, penalties } = objective;
  const bounded =
    weightClip > 0 || penalties.gradient > 0 || ['discriminator', 'both'].includes(model.spectralNormalization);
  if (loss !== 'wasserstein' || bounded) return [];
  const message =
    'The Wasserstein loss has no bound unless the critic’s slope has one: give "penalties.gradient", "weightClip" or ' +
    'spectral normalisation (Arjovsky et al. 2017, section 3; Gulrajani et al. 2017)';
  return [
    refused('objective/no-lipschitz', message, place('objective.loss', 'objective.penalties.gradient'), {
      choices: [
        setTo('objective.penalties.gradient', 10),
        setTo('objective.weightClip', 0.01),
        setTo('model.spectralNormalization', 'discriminator'),
      ],
    }),
  ];
});

/** Arjovsky et al. 2017, algorithm 1, is the only one that clips. */
export const clippingIsWasserstein = inGames(({ objective, place }) => {
  const { loss, weightClip } = objective;
  if (weightClip === 0 || loss === 'wasserstein') return [];
  const message =
    `Weight clipping bounds the critic of the Wasserstein loss (Arjovsky et al. 2017, algorithm 1); with "${loss}" it ` +
    'only takes the discriminator’s strength';
  return [
    refused('objective/weight-clip', message, place('objective.weightClip'), {
      choices: [without('objective.weightClip'), setTo('objective.loss', 'wasserstein')],
    }),
  ];
});

/** Gulrajani et al. 2017, section 3: clipping drives the weights to the bound, where slopes of 1 are out of reach. */
export const clippingOrPenalty = inGames(({ objective, place }) => {
  const { loss, weightClip, penalties } = objective;
  if (loss !== 'wasserstein' || weightClip === 0 || penalties.gradient === 0) return [];
  const message =
    'The gradient penalty is there in place of weight clipping: clipped weights cannot give the slope of 1 that it asks ' +
    'for (Gulrajani et al. 2017, section 3)';
  return [
    refused('objective/clip-and-penalty', message, place('objective.weightClip', 'objective.penalties.gradient'), {
      choices: [setTo('objective.weightClip', 0), setTo('objective.penalties.gradient', 0)],
    }),
  ];
});

/** Arjovsky et al. 2017, section 4. */
export const clippingWithMomentum = inGames(({ objective, optimizer, place }) => {
  const { kind, beta1, momentum } = optimizer.discriminator;
  const hasMomentum = kind === 'adam' || kind === 'adamw' ? beta1 > 0 : momentum > 0;
  if (objective.loss !== 'wasserstein' || objective.weightClip === 0 || !hasMomentum) return [];
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
