/** Turns what goes wrong while recording or running into errors that name the operation and its place. */
import { captureCall, userLine } from '../errors/call-site.ts';
import { OperationError, UnsupportedOperationError } from '../errors/errors.ts';
import type { OperandShape, Origin } from '../graph/origin.ts';
import type { Value } from '../graph/value.ts';
import { RefusedNumbers } from '../kernels/kernel.ts';
import { inOrder } from '../onnx/model.ts';

export const describeOperands = (operands: readonly OperandShape[]): string =>
  operands.map(({ name, type, shape }) => `${name}: ${type}[${shape}]`).join(', ');

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** What to throw when recording `origin`'s operation threw `cause`. */
export function recordingError(origin: Origin, cause: unknown): Error {
  if (cause instanceof OperationError) return cause;
  if (cause instanceof RefusedNumbers && origin.call === null) return cause;
  const place = userLine(origin.call);
  if (cause instanceof UnsupportedOperationError) return place === null ? cause : cause.at(place);
  return new OperationError(origin.operation, describeOperands(origin.operands), place, messageOf(cause), cause);
}

/** ONNX Runtime names the node in its messages; ours end in the id of the value they make. */
const NODE = /\b[A-Za-z]+_(\d+)\b/g;

/** ONNX Runtime's own prefix: the source line that checks, and the node. */
const PREFIX = /^.*(?:Status Message: |was false\. |Error: )/s;

/**
 * What to throw when ONNX Runtime refused or failed to run the graph of `outputs`: the operation
 * that was recorded as the node its message names; null where the message names none.
 */
export function runtimeError(outputs: readonly Value[], cause: unknown): OperationError | null {
  const message = messageOf(cause);
  const ids = new Set([...message.matchAll(NODE)].map((match) => Number(match[1])));
  if (ids.size === 0) return null;
  const value = inOrder(outputs).find(({ id, origin }) => ids.has(id) && origin !== null);
  const origin = value?.origin;
  if (!origin) return null;
  const detail = message.replace(PREFIX, '').trim();
  return new OperationError(origin.operation, describeOperands(origin.operands), userLine(origin.call), detail, cause);
}

/** What to throw where a step reads what only a replay will know. */
export function unreadable({ definition, origin }: Value): UnsupportedOperationError {
  const made =
    definition.kind === 'node' ? `the result of ${origin?.operation ?? definition.op}` : 'what the step is given';
  const error = new UnsupportedOperationError(
    'dataSync() or data() inside a step',
    `${made} is known only when the step is replayed; return it from the step and read it there.`,
  );
  const place = userLine(captureCall());
  return place === null ? error : error.at(place);
}
