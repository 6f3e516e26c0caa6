/** How much memory one run of a graph takes. */
import { sizeOf, type Value, type ValueType } from '../graph/value.ts';
import { inOrder, type Port } from '../onnx/model.ts';

const BYTES: Record<ValueType, number> = { float32: 4, int32: 4, bool: 1, int64: 8, uint8: 1 };

/** A splat is stored as one element. */
export const bytesOf = ({ type, shape, definition }: Value): number =>
  BYTES[type] * (definition.kind === 'splat' ? 1 : sizeOf(shape));

/** Operations that change only how the same bytes are read. */
const VIEWS = new Set(['Reshape', 'Squeeze', 'Unsqueeze', 'Flatten', 'Identity']);

/**
 * Bytes held at the fullest moment of a run: inputs, constants and outputs all the time, everything
 * else from where it is made to its last use. What an operation needs inside it is not counted.
 */
export function peakBytes(outputs: readonly Port[]): number {
  const order = inOrder(outputs.map(({ value }) => value));
  const kept = new Set(outputs.map(({ value }) => value));
  const made = (value: Value) => value.definition.kind === 'node' && !kept.has(value);
  const uses = new Map<Value, number>();
  for (const { definition } of order) {
    if (definition.kind !== 'node') continue;
    for (const input of definition.inputs) if (input !== null) uses.set(input, (uses.get(input) ?? 0) + 1);
  }
  let held = 0;
  for (const value of order) if (!made(value)) held += bytesOf(value);
  let peak = held;
  for (const value of order) {
    const { definition } = value;
    if (definition.kind !== 'node') continue;
    const isView = VIEWS.has(definition.op);
    if (made(value) && !isView) held += bytesOf(value);
    peak = Math.max(peak, held);
    for (const input of definition.inputs) {
      if (input === null) continue;
      const left = uses.get(input)! - 1;
      uses.set(input, left);
      const inputIsView = input.definition.kind === 'node' && VIEWS.has(input.definition.op);
      if (left === 0 && made(input) && !isView && !inputIsView) held -= bytesOf(input);
    }
  }
  return peak;
}
