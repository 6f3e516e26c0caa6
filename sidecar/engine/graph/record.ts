/**
 * Records operations. While a step is traced, equal operations on equal inputs become one value,
 * so a forward pass and its gradient share what they have in common.
 */
import {
  type Attributes,
  type Definition,
  type HostArray,
  makeValue,
  sizeOf,
  type Value,
  type ValueType,
} from './value.ts';

type Shape = readonly number[];

/** Constants up to this many elements are compared by content. */
const SMALL = 64;

let shared: Map<string, Value> | null = null;

/** Runs `record` with sharing of equal values. */
export function withSharing<T>(record: () => T): T {
  const outer = shared;
  shared = new Map();
  try {
    return record();
  } finally {
    shared = outer;
  }
}

function share(key: string, make: () => Value): Value {
  if (shared === null) return make();
  let value = shared.get(key);
  if (value === undefined) {
    value = make();
    shared.set(key, value);
  }
  return value;
}

export function splat(type: ValueType, shape: Shape, fill: number): Value {
  const written = Object.is(fill, -0) ? '-0' : String(fill);
  return share(`splat ${type} ${shape} ${written}`, () => makeValue(type, shape, { kind: 'splat', fill }));
}

function isUniform(data: HostArray): boolean {
  const first = data[0];
  return data.every((element: number | bigint) => Object.is(element, first));
}

/** A constant of the program; `data` must not change afterwards. */
export function constant(type: ValueType, shape: Shape, data: HostArray): Value {
  return data.length > 0 && isUniform(data) ? splat(type, shape, Number(data[0])) : spelledOut(type, shape, data);
}

function spelledOut(type: ValueType, shape: Shape, data: HostArray): Value {
  const make = () => makeValue(type, shape, { kind: 'constant', data });
  return data.length <= SMALL ? share(`constant ${type} ${shape} ${data.join()}`, make) : make();
}

/** A large constant that is the same wherever `key` is the same. */
export function keyedConstant(key: string, make: () => Value): Value {
  return share(`keyed ${key}`, make);
}

/** A one-dimensional int64 constant, as shapes and axes are given in ONNX. */
export const int64s = (values: readonly number[]): Value =>
  spelledOut('int64', [values.length], BigInt64Array.from(values, BigInt));

/** Whether every element is `fill`. */
export const isSplat = (value: Value, fill?: number): boolean =>
  value.definition.kind === 'splat' && (fill === undefined || value.definition.fill === fill);

/** The definition, where `op` made this value; the patterns of graph simplification ask this. */
export function madeBy(value: Value, op: string): Extract<Definition, { kind: 'node' }> | null {
  return value.definition.kind === 'node' && value.definition.op === op ? value.definition : null;
}

/** A splat with more than one element is stored as one; this spells it out. */
export function inFull(value: Value): Value {
  if (value.definition.kind !== 'splat' || sizeOf(value.shape) === 1) return value;
  const one = splat(value.type, [], value.definition.fill);
  return broadcastingNode('Expand', [one, int64s(value.shape)], value.type, value.shape);
}

/** An operation whose inputs ONNX broadcasts, so that splats may stay one element. */
export function broadcastingNode(
  op: string,
  inputs: readonly (Value | null)[],
  type: ValueType,
  shape: Shape,
  attributes: Attributes = {},
  domain = '',
): Value {
  const from = inputs.map((input) => input?.id ?? '').join();
  return share(`${domain}.${op} ${from} ${type} ${shape} ${JSON.stringify(attributes)}`, () =>
    makeValue(type, shape, { kind: 'node', op, domain, inputs, attributes }),
  );
}

/** An operation recorded with its inputs in full. */
export function node(
  op: string,
  inputs: readonly (Value | null)[],
  type: ValueType,
  shape: Shape,
  attributes: Attributes = {},
  domain = '',
): Value {
  const full = inputs.map((input) => (input === null ? null : inFull(input)));
  return broadcastingNode(op, full, type, shape, attributes, domain);
}
