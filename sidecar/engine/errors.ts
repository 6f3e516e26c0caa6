/** What can go wrong in an engine; callers turn these into messages for people. */

/** A device that was asked for and cannot run here. */
export class DeviceUnavailableError extends Error {
  override readonly name = 'DeviceUnavailableError';
  readonly device: string;
  /** Why it cannot run, as a sentence. */
  readonly reason: string;
  /** What would make it run, as a sentence. */
  readonly remedy: string;

  constructor(device: string, reason: string, remedy: string) {
    super(`Device "${device}" cannot be used: ${reason} ${remedy}`);
    this.device = device;
    this.reason = reason;
    this.remedy = remedy;
  }
}

/** A TensorFlow.js operation, or a form of one, that the engine does not implement. */
export class UnsupportedOperationError extends Error {
  override readonly name = 'UnsupportedOperationError';
  readonly operation: string;

  constructor(operation: string, detail: string) {
    super(`The engine cannot run ${operation}: ${detail}`);
    this.operation = operation;
  }
}

/** A step was written or called in a way that cannot be compiled or replayed. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly step: string;

  constructor(step: string, detail: string, cause?: unknown) {
    super(`Step "${step}": ${detail}`, cause === undefined ? {} : { cause });
    this.step = step;
  }
}
