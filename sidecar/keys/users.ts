/** Who has a use for a key of the config. */

/** What of an architecture decides it. */
export interface Traits {
  readonly family: 'adversarial' | 'variational' | 'autoregressive';
  readonly from: 'latent' | 'reduced' | 'paired' | null;
  /** Dotted names of further keys that it uses. */
  readonly keys: readonly string[];
}

export interface Users {
  readonly use: (traits: Traits, key: string) => boolean;
  /** What an architecture without a use for the key lacks; null: that only these others have it. */
  readonly lacks: string | null;
}

export const adversaries: Users = {
  use: ({ family }) => family === 'adversarial',
  lacks: 'has no second network to play against',
};

export const latents: Users = { use: ({ from }) => from === 'latent', lacks: 'makes its examples from no z' };

export const adversariesOfLatents: Users = {
  use: ({ family, from }) => family === 'adversarial' && from === 'latent',
  lacks: null,
};

export const translations: Users = { use: ({ from }) => from === 'reduced' || from === 'paired', lacks: null };

export const variational: Users = { use: ({ family }) => family === 'variational', lacks: null };

export interface Some extends Users {
  readonly named: true;
}

/** Whoever says so. */
export const some: Some = { use: ({ keys }, key) => keys.includes(key), lacks: null, named: true };
