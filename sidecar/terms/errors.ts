/**
 * An error that is the person's to mend: one line that names what, where and the remedy.
 * Shown without a stack trace. Anything else that is thrown is a bug and keeps its stack.
 */
export class UserError extends Error {
  /** Stable name for programs, e.g. "data/truncated-gzip". */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UserError';
    this.code = code;
  }
}
