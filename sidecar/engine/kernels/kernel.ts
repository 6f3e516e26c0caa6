/** What a kernel is here: a function from recorded values to recorded values. */
import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import { UnsupportedOperationError } from '../errors.ts';
import type { Value } from '../graph/value.ts';

/** A kernel's tensor inputs by name. */
export class KernelInputs {
  readonly #operation: string;
  readonly #values: Readonly<Record<string, Value>>;

  constructor(operation: string, values: Readonly<Record<string, Value>>) {
    this.#operation = operation;
    this.#values = values;
  }

  get(name: string): Value {
    const value = this.#values[name];
    if (value === undefined) throw this.unsupported(`input "${name}" is missing`);
    return value;
  }

  maybe(name: string): Value | null {
    return this.#values[name] ?? null;
  }

  /** The inputs of an operation over a list of tensors. */
  all(): Value[] {
    return Object.values(this.#values);
  }

  /** The same inputs with one replaced. */
  with(name: string, value: Value): KernelInputs {
    return new KernelInputs(this.#operation, { ...this.#values, [name]: value });
  }

  unsupported(detail: string): UnsupportedOperationError {
    const shapes = Object.entries(this.#values).map(([name, { type, shape }]) => `${name}: ${type}[${shape}]`);
    return new UnsupportedOperationError(this.#operation, `${detail} (${shapes.join(', ')}).`);
  }
}

export type Kernel = (inputs: KernelInputs, attributes: NamedAttrMap) => Value | Value[];

/** Kernels of one family by TensorFlow.js's kernel names. */
export type KernelTable = Readonly<Record<string, Kernel>>;

/** A kernel whose attributes TensorFlow.js declares as `Attributes`. */
export function kernel<Attributes>(lower: (inputs: KernelInputs, attributes: Attributes) => Value | Value[]): Kernel {
  return (inputs, attributes) => lower(inputs, attributes as unknown as Attributes);
}
