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

  readonly #detail: string;

  constructor(operation: string, detail: string) {
    super(`The engine cannot run ${operation}: ${detail}`);
    this.operation = operation;
    this.#detail = detail;
  }

  /** The same error with the place in the user's program, `file:line`. */
  at(place: string): UnsupportedOperationError {
    return new UnsupportedOperationError(this.operation, `${this.#detail} Called at ${place}.`);
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

/** The device stopped answering: a driver that crashed or was reset, or a GPU that was taken away. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
  readonly device: string;
  /** What the driver or ONNX Runtime said, in one line. */
  readonly detail: string;

  constructor(device: string, detail: string, cause?: unknown) {
    super(`Device "${device}" stopped responding: ${detail}`, cause === undefined ? {} : { cause });
    this.device = device;
    this.detail = detail;
  }
}

/** The device has too little memory for what was asked of it. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
  readonly device: string;
  /** What the driver or ONNX Runtime said, in one line. */
  readonly detail: string;
  /** What one run of the program takes at its fullest moment, in bytes; null where that is not known. */
  readonly bytes: number | null;

  constructor(device: string, detail: string, bytes: number | null = null, cause?: unknown) {
    super(`Device "${device}" is out of memory: ${detail}`, cause === undefined ? {} : { cause });
    this.device = device;
    this.detail = detail;
    this.bytes = bytes;
  }
}

/** A TensorFlow.js operation that could not be recorded or computed. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  /** TensorFlow.js's name of the operation, for example "BatchMatMul". */
  readonly operation: string;
  /** `file:line` of the call in the user's program, where it is known. */
  readonly place: string | null;

  constructor(operation: string, operands: string, place: string | null, detail: string, cause?: unknown) {
    const where = place === null ? '' : `, called at ${place}`;
    super(`${operation}(${operands})${where}: ${detail}`, cause === undefined ? {} : { cause });
    this.operation = operation;
    this.place = place;
  }
}
