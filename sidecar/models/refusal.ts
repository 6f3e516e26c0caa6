/** What an architecture says of values of `model` that its networks cannot have. */
import type { ModelOptions } from '../keys/options.ts';

export interface Refusal {
  /** Stable name for programs. */
  readonly code: string;
  /** Keys of `model` that it is about, dotted; the first that a config has is the place of the mistake. */
  readonly keys: readonly string[];
  /** Why the model of this architecture cannot be, with the paper; null where it can. */
  readonly why: (model: ModelOptions, architecture: string) => string | null;
  /** Keys and values that mend it, the best first. One is a fix, several are choices. */
  readonly instead: (model: ModelOptions) => readonly (readonly [key: string, value: unknown])[];
}
