/** What is wrong with a config, said by path; `diagnose.ts` gives it a place in the text. */
import type { JSONPath } from 'jsonc-parser';

export type Severity = 'error' | 'warning' | 'info';

/** A change that mends a problem. `undefined` removes the key. */
export interface Change {
  /** For a menu: "Change to 32". */
  readonly title: string;
  readonly steps: readonly ChangeStep[];
}

export type ChangeStep =
  | { readonly path: JSONPath; readonly value: unknown }
  | { readonly path: JSONPath; readonly renameTo: string };

export interface Problem {
  /**
   * 'schema': what the JSON Schema says too, so that an editor with that schema shows it already.
   * 'meaning': what only this program knows (keys that contradict each other, the files on disk).
   */
  readonly layer: 'schema' | 'meaning';
  readonly severity: Severity;
  /** Stable name for programs, e.g. "training/steps-and-epochs". */
  readonly code: string;
  /** One line: what is wrong and how to mend it. */
  readonly message: string;
  readonly at: JSONPath;
  readonly on: 'key' | 'value';
  /** The one right answer. */
  readonly fix?: Change;
  /** Several answers, of which a person picks one. */
  readonly choices?: readonly Change[];
}

export const remove = (path: JSONPath): Change => ({
  title: `Remove "${path.at(-1)}"`,
  steps: [{ path, value: undefined }],
});

export const set = (path: JSONPath, value: unknown): Change => ({
  title: `Set ${path.join('.')} to ${JSON.stringify(value)}`,
  steps: [{ path, value }],
});
