/** Which architectures have a use for a key. */
import type { ArchitectureAbout, OptionalKey } from '../models/about.ts';
import { type ArchitectureName, architectureNames, architectures } from '../models/index.ts';

interface Users {
  readonly use: (about: ArchitectureAbout, key: string) => boolean;
  /** What an architecture without a use for the key lacks; null: that only these others have it. */
  readonly lacks: string | null;
}

const adversaries: Users = {
  use: ({ family }) => family === 'adversarial',
  lacks: 'has no second network to play against',
};
const latents: Users = { use: ({ from }) => from === 'latent', lacks: 'makes its examples from no z' };
const adversariesOfLatents: Users = {
  use: (about) => adversaries.use(about, '') && latents.use(about, ''),
  lacks: null,
};
const translations: Users = { use: ({ from }) => from === 'reduced' || from === 'paired', lacks: null };
const variational: Users = { use: ({ family }) => family === 'variational', lacks: null };
/** Whoever says so. */
const some: Users = { use: ({ keys }, key) => keys.some((own) => own === key), lacks: null };

/** Keys of which not every architecture has a use. */
const limited = {
  'model.latentSize': latents,
  'model.normalization.discriminator': adversaries,
  'model.spectralNormalization': adversaries,
  'model.selfAttention': adversaries,
  'model.minibatch': adversaries,
  'model.pac': adversaries,
  'model.generators': adversaries,
  'objective.discriminatorSteps': adversaries,
  'objective.labelSmoothing': adversaries,
  'objective.weightClip': adversaries,
  'objective.penalties': adversaries,
  'objective.featureMatching': adversaries,
  'objective.diversity': adversariesOfLatents,
  'objective.content': translations,
  'objective.classification': adversaries,
  'objective.likelihood': variational,
  'objective.beta': variational,
  augmentation: adversaries,
  'optimizer.discriminator': adversaries,
  'training.burnIn.penalty': adversaries,
  'model.baseChannels': some,
  'model.blocks': some,
  'model.scale': some,
  'model.levels': some,
  'training.growEvery': some,
} as const satisfies Readonly<Record<string, Users>> & Readonly<Record<OptionalKey, typeof some>>;

export type LimitedKey = keyof typeof limited;

export const limitedKeys = Object.keys(limited) as readonly LimitedKey[];

/** The architectures that have a use for a key. */
export const usersOf = (key: LimitedKey): readonly ArchitectureName[] =>
  architectureNames.filter((name) => limited[key].use(architectures[name].about, key));

/** What an architecture without a use for the key lacks, or null. */
export const lackOf = (key: LimitedKey): string | null => limited[key].lacks;
