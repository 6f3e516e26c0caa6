/** Errors that are a person's to mend. */
import type { ErrorCode, ForeignCode } from './error-codes.ts';

/** What an error is about, for programs: nobody has to look for it in the message. */
export type ErrorSubject =
  /** An absolute path of a file or folder. */
  | { readonly path: string }
  /** A key of the config, for example ["data", "columns", "label"]. */
  | { readonly key: readonly string[] };

/** What there is to say beside code and message. */
export interface UserErrorOptions extends ErrorOptions {
  readonly subject?: ErrorSubject | null;
}

/**
 * An error that is the person's to mend: one line that names what, where and the remedy.
 * Shown without a stack trace. Anything else that is thrown is a bug and keeps its stack.
 */
export class UserError extends Error {
  /** Stable name for programs, e.g. "data/truncated-gzip". */
  readonly code: ErrorCode | ForeignCode;
  /** Null where it is about nothing that has a path or a key, or nobody asks. */
  readonly subject: ErrorSubject | null;

  constructor(code: ErrorCode | ForeignCode, message: string, { subject = null, ...options }: UserErrorOptions = {}) {
    super(message, options);
    this.name = 'UserError';
    this.code = code;
    this.subject = subject;
  }
}
