/** Computes values that were recorded outside a step, when they are read. */

import { allocate, type HostArray, sizeOf, type Value } from '../graph/value.ts';
import { evaluate } from '../onnx/evaluate.ts';
import { inOrder } from '../onnx/model.ts';
import { runtimeError } from './operation-errors.ts';

/** Nodes in one session: ONNX Runtime's time to set up a graph grows faster than the graph. */
const PIECE = 1000;

/** Programs of fewer elements in all run on one thread, which need not be started. */
const SMALL = 1 << 16;

const isNode = ({ definition }: Value): boolean => definition.kind === 'node';

/** Values of `reached` from which other values that `live` holds are made. */
function shared(reached: ReadonlySet<Value>, live: ReadonlySet<Value>): Set<Value> {
  const found = new Set<Value>();
  for (const each of inOrder([...live])) {
    if (each.definition.kind !== 'node' || reached.has(each)) continue;
    for (const input of each.definition.inputs) if (input !== null && reached.has(input)) found.add(input);
  }
  return found;
}

/**
 * Makes `value` a constant, and with it whatever it is made from that a tensor of `live` is or is
 * made from too: a program that reads now and then, such as a training loop of its own, computes
 * nothing twice and its graph does not grow.
 * Returns false, and computes nothing, where it depends on an input of a step.
 */
export function makeKnown(value: Value, live: ReadonlySet<Value>, threads: number): boolean {
  const reached = inOrder([value]);
  if (reached.some(({ definition }) => definition.kind === 'input')) return false;
  const order = reached.filter(isNode);
  const kept = shared(new Set(order), live);
  const elements = order.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const lastUse = new Map<Value, number>();
  for (const [at, { definition }] of order.entries()) {
    if (definition.kind !== 'node') continue;
    for (const input of definition.inputs) if (input !== null) lastUse.set(input, at);
  }
  for (let start = 0; start < order.length; start += PIECE) {
    const end = start + PIECE;
    const wanted = order
      .slice(start, end)
      .filter((each) => each === value || live.has(each) || kept.has(each) || (lastUse.get(each) ?? 0) >= end);
    for (const [at, data] of run(wanted, elements < SMALL ? 1 : threads).entries()) {
      // What is known needs no graph any more.
      wanted[at]!.definition = { kind: 'constant', data };
    }
  }
  return true;
}

function run(values: readonly Value[], threads: number): HostArray[] {
  const filled = values.filter(({ shape }) => sizeOf(shape) > 0);
  const positions = new Map(filled.map((value, at) => [value, at]));
  try {
    const computed = filled.length === 0 ? [] : evaluate(filled, threads);
    return values.map((value) => computed[positions.get(value) ?? -1] ?? allocate(value.type, 0));
  } catch (cause) {
    throw runtimeError(values, cause) ?? cause;
  }
}
