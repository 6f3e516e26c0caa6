/** What a kernel is here: a function from recorded values to recorded values. */
import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import { UnsupportedOperationError } from '../errors/errors.ts';
import type { HostArray, Value } from '../graph/value.ts';

/** What TensorFlow itself says of numbers that it refuses: outside a step it is passed on as it is. */
export class RefusedNumbers extends Error {
  override readonly name = 'RefusedNumbers';
}

/** Knows the numbers of recorded values, outside a step. */
export interface Reader {
  /** A step is being traced: what depends on its inputs is not known. */
  readonly tracing: boolean;
  /** The numbers, not to be changed; throws where only a replay will know them. */
  compute(value: Value): HostArray;
}

/** A kernel's tensor inputs by name. */
export class KernelInputs {
  readonly #operation: string;
  readonly #values: Readonly<Record<string, Value>>;

  readonly #reader: Reader;

  constructor(operation: string, values: Readonly<Record<string, Value>>, reader: Reader) {
    this.#operation = operation;
    this.#values = values;
    this.#reader = reader;
  }

  get(name: string): Value {
    const value = this.#values[name];
    if (value === undefined) throw this.unsupported(`input "${name}" is missing`);
    return value;
  }

  maybe(name: string): Value | null {
    return this.#values[name] ?? null;
  }

  /**
   * The numbers of an input, not to be changed, for operations whose results' shapes depend on them.
   * Throws inside a step, where they are known only at a replay.
   */
  numbers(name: string): HostArray {
    const value = this.get(name);
    try {
      return this.#reader.compute(value);
    } catch (cause) {
      if (!this.#reader.tracing) throw cause;
      throw this.unsupported(`inside a step it cannot depend on the numbers of "${name}", which only a replay knows`);
    }
  }

  /** The inputs of an operation over a list of tensors. */
  all(): Value[] {
    return Object.values(this.#values);
  }

  /** The same inputs with one replaced. */
  with(name: string, value: Value): KernelInputs {
    return new KernelInputs(this.#operation, { ...this.#values, [name]: value }, this.#reader);
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
