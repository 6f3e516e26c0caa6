/** Which TensorFlow.js operation a value was recorded for, and where in the user's program. */
import type { ValueType } from './value-type.ts';

/** One input of an operation, as an error tells of it. */
export interface OperandShape {
  readonly name: string;
  readonly type: ValueType;
  readonly shape: readonly number[];
}

/** The operation that a value was recorded for. */
export interface Origin {
  /** TensorFlow.js's name of the kernel. */
  readonly operation: string;
  readonly operands: readonly OperandShape[];
  /** Captured where the operation was called; null outside a traced step. Its text is made when asked for. */
  readonly call: { readonly stack?: string } | null;
}

let current: Origin | null = null;

/** The operation being recorded, if any. */
export const currentOrigin = (): Origin | null => current;

/** Runs `record`; the values it makes have this origin. */
export function recordedFor<T>(origin: Origin, record: () => T): T {
  const outer = current;
  current = origin;
  try {
    return record();
  } finally {
    current = outer;
  }
}
