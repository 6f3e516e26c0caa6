/** What is said of a loss and of a penalty: to people, to the config, and to the rules between keys. */
import type { PresetAbout } from '../terms/preset.ts';
import type { Snippet } from '../terms/snippet.ts';

interface About {
  /** What it is, with its paper: one sentence in Markdown, which the README's table quotes. */
  readonly summary: string;
  /** Further sentences for the hover; '' where there are none. */
  readonly details: string;
  /** Offered by completion in `objective`. */
  readonly snippets: readonly Snippet[];
  readonly presets: readonly PresetAbout[];
}

/** A loss of two networks against each other. */
export interface AdversarialLossAbout extends About {
  readonly family: 'adversarial';
  /** Real examples have a target, which label smoothing can lower (Salimans et al. 2016, section 3.4). */
  readonly hasTarget: boolean;
  /** Its discriminator is a critic, which needs a bound of its slope. */
  readonly critic: boolean;
  /** A second thought for whoever chose it, and the loss to choose instead. */
  readonly remark?: { readonly code: string; readonly message: string; readonly instead: string };
}

/** A loss of one network. */
export interface LikelihoodLossAbout extends About {
  readonly family: 'variational' | 'autoregressive';
}

export type LossAbout = AdversarialLossAbout | LikelihoodLossAbout;

/** A regulariser of the discriminator; its weight is the key of its name in `objective.penalties`. */
export interface PenaltyAbout extends Omit<About, 'summary'> {
  readonly title: string;
  /** What the weight is of: one plain sentence. */
  readonly description: string;
  /** Usual weights, the paper's first. */
  readonly examples: readonly number[];
  /** It is on the slope of each example by itself, which nothing may tie to the rest of its batch. */
  readonly ofSlope: boolean;
  /** It bounds a critic's slope; `besideClipping` says why clipped weights do not go with that. */
  readonly bound?: { readonly weight: number; readonly besideClipping: string };
  /** Its weight follows `training.burnIn.penalty`. */
  readonly burnIn: boolean;
}
