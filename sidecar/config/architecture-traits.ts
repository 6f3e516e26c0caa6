/** What the rules and the hovers need to know of each architecture: its family and the keys it has a use for. */
import type { ArchitectureName, LossName } from './resolved-config.ts';

export interface ArchitectureTraits {
  readonly family: 'adversarial' | 'variational' | 'autoregressive';
  /** What images are made from; null: pixel by pixel, from nothing. */
  readonly from: 'latent' | 'reduced' | 'paired' | null;
}

export const architectureTraits: Readonly<Record<ArchitectureName, ArchitectureTraits>> = {
  'chapter-mlp-conv': { family: 'adversarial', from: 'latent' },
  'chapter-deep': { family: 'adversarial', from: 'latent' },
  dcgan: { family: 'adversarial', from: 'latent' },
  resnet: { family: 'adversarial', from: 'latent' },
  r3gan: { family: 'adversarial', from: 'latent' },
  progressive: { family: 'adversarial', from: 'latent' },
  'super-resolution': { family: 'adversarial', from: 'reduced' },
  'image-to-image': { family: 'adversarial', from: 'paired' },
  vae: { family: 'variational', from: 'latent' },
  pixelcnn: { family: 'autoregressive', from: null },
};

export const architectureNames = Object.keys(architectureTraits) as readonly ArchitectureName[];

/** Those of which a condition holds. */
export const architecturesWith = (
  condition: (traits: ArchitectureTraits, name: ArchitectureName) => boolean,
): readonly ArchitectureName[] => architectureNames.filter((name) => condition(architectureTraits[name], name));

/** Keys of which not every architecture has a use. */
export type LimitedKey =
  | 'model.latentSize'
  | 'model.baseChannels'
  | 'model.blocks'
  | 'model.normalization.discriminator'
  | 'model.spectralNormalization'
  | 'model.selfAttention'
  | 'model.minibatch'
  | 'model.pac'
  | 'model.generators'
  | 'model.scale'
  | 'model.levels'
  | 'objective.discriminatorSteps'
  | 'objective.labelSmoothing'
  | 'objective.weightClip'
  | 'objective.penalties'
  | 'objective.featureMatching'
  | 'objective.diversity'
  | 'objective.content'
  | 'objective.classification'
  | 'objective.likelihood'
  | 'objective.beta'
  | 'augmentation'
  | 'optimizer.discriminator'
  | 'training.growEvery'
  | 'training.burnIn.penalty';

const adversarial = architecturesWith(({ family }) => family === 'adversarial');
const fromLatents = architecturesWith(({ family, from }) => family === 'adversarial' && from === 'latent');
const chapter: readonly ArchitectureName[] = ['chapter-mlp-conv', 'chapter-deep'];

/** The architectures that have a use for a key; keys that are not here are of use to all. */
export const usedBy: Readonly<Record<LimitedKey, readonly ArchitectureName[]>> = {
  'model.latentSize': architecturesWith(({ from }) => from === 'latent'),
  'model.baseChannels': architecturesWith((_, name) => !chapter.includes(name)),
  'model.normalization.discriminator': adversarial,
  'model.spectralNormalization': adversarial,
  'model.selfAttention': adversarial,
  'model.minibatch': adversarial,
  'model.pac': adversarial,
  'model.generators': adversarial,
  'model.scale': ['super-resolution'],
  'model.blocks': ['r3gan', 'super-resolution'],
  'model.levels': ['pixelcnn'],
  'objective.discriminatorSteps': adversarial,
  'objective.labelSmoothing': adversarial,
  'objective.weightClip': adversarial,
  'objective.penalties': adversarial,
  'objective.featureMatching': adversarial,
  'objective.diversity': fromLatents,
  'objective.content': ['super-resolution', 'image-to-image'],
  'objective.classification': adversarial,
  'objective.likelihood': ['vae'],
  'objective.beta': ['vae'],
  augmentation: adversarial,
  'optimizer.discriminator': adversarial,
  'training.growEvery': ['progressive'],
  'training.burnIn.penalty': adversarial,
};

/** The losses that a family has. */
export const lossesOf: Readonly<Record<ArchitectureTraits['family'], readonly LossName[]>> = {
  adversarial: ['non-saturating', 'minimax', 'least-squares', 'hinge', 'wasserstein', 'relativistic'],
  variational: ['elbo'],
  autoregressive: ['likelihood'],
};
