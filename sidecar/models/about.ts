/** What is said of an architecture: to people, to the config, and to whoever must know its family. */
import type { ArchitectureOptions, OptimizerConfig, OptionalKey } from '../keys/options.ts';
import type { Given } from '../terms/given.ts';
import type { PresetAbout } from '../terms/preset.ts';
import type { Snippet } from '../terms/snippet.ts';
import type { Refusal } from './refusal.ts';

interface About {
  /** What it is, with its paper: one sentence in Markdown, which the README's table quotes. */
  readonly summary: string;
  /** Further sentences for the hover. */
  readonly details: string;
  /** Keys that it uses, of those that not every architecture of its family has a use for. */
  readonly keys: readonly OptionalKey[];
  /** What a config leaves out, where it is not as in `config/defaults.ts`. */
  readonly defaults: Given<ArchitectureOptions>;
  /** Values of `model` that its networks cannot have. Which shapes they cannot have, the networks say. */
  readonly refusals: readonly Refusal[];
  /** Offered by completion, in `model` and in an empty file. */
  readonly snippets: { readonly model: readonly Snippet[]; readonly config: readonly Snippet[] };
  readonly presets: readonly PresetAbout[];
}

export interface AdversarialAbout extends About {
  readonly family: 'adversarial';
  /** What the generator makes examples from: noise, what `reduce` leaves of an example, or what the dataset pairs with it. */
  readonly from: 'latent' | 'reduced' | 'paired';
}

export interface VariationalAbout extends About {
  readonly family: 'variational';
  readonly from: 'latent';
}

export interface AutoregressiveAbout extends About {
  readonly family: 'autoregressive';
  /** From nothing, value by value. */
  readonly from: null;
}

export type ArchitectureAbout = AdversarialAbout | VariationalAbout | AutoregressiveAbout;

/** The same numbers for both optimizers. */
export const both = (optimizer: Partial<OptimizerConfig>) => ({ generator: optimizer, discriminator: optimizer });
