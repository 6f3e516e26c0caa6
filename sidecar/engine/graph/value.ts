/**
 * The recorded program: immutable values, each with the operation that makes it.
 *
 * A value points at the values it is made from, so a graph is whatever can be reached from its
 * outputs and unused work is never in it. Operations are ONNX operations.
 */

import { currentOrigin, type Origin } from './origin.ts';
import type { HostArray, ValueType } from './value-type.ts';

export type { HostArray, ValueType } from './value-type.ts';

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string };

export type Attributes = Readonly<Record<string, Attribute>>;

export type Definition =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'constant'; readonly data: HostArray }
  /** A constant whose elements are all `fill`; it is stored as one element. */
  | { readonly kind: 'splat'; readonly fill: number }
  | {
      readonly kind: 'node';
      readonly op: string;
      readonly domain: string;
      /** `null` stands for an optional input that is not given. */
      readonly inputs: readonly (Value | null)[];
      readonly attributes: Attributes;
      /** Which of the operation's outputs this is; the first by default. */
      readonly output?: number;
    };

export interface Value {
  readonly id: number;
  readonly type: ValueType;
  readonly shape: readonly number[];
  /** Replaced by a constant once a lazily recorded value has been computed. */
  definition: Definition;
  /** The TensorFlow.js operation it was recorded for, for errors to name. */
  readonly origin: Origin | null;
}

export const int = (value: number): Attribute => ({ kind: 'int', value });
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });
export const text = (value: string): Attribute => ({ kind: 'text', value });

let values = 0;

export function makeValue(type: ValueType, shape: readonly number[], definition: Definition): Value {
  values += 1;
  return { id: values, type, shape, definition, origin: currentOrigin() };
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

/** Memory for `size` elements, zero at first. */
export function allocate(type: ValueType, size: number): HostArray {
  switch (type) {
    case 'float32':
      return new Float32Array(size);
    case 'int32':
      return new Int32Array(size);
    case 'int64':
      return new BigInt64Array(size);
    default:
      return new Uint8Array(size);
  }
}

export function filled(type: ValueType, size: number, fill: number): HostArray {
  const array = allocate(type, size);
  return array instanceof BigInt64Array ? array.fill(BigInt(fill)) : array.fill(fill);
}
