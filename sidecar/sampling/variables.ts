/** The variables of a run by name: created from the seed, read for a checkpoint, set from one. */
import { type DataType, type Rank, type Tensor, tensor, type Variable, variable } from '@tensorflow/tfjs-core';
import type { HostTensor } from '../engine/engine.ts';
import type { WeightSpec } from '../models/shape-layers.ts';
import { UserError } from '../terms/errors.ts';
import { initialValues } from './initial-values.ts';

export class Variables {
  readonly #byName = new Map<string, Variable>();

  /** Adds a network's weights under a prefix, with initial values that depend on seed and name alone. */
  addWeights(prefix: string, specs: readonly WeightSpec[], seed: number): void {
    for (const spec of specs) {
      const name = `${prefix}/${spec.name}`;
      this.add(name, spec.shape, initialValues(spec, name, seed), spec.trainable);
    }
  }

  add(name: string, shape: readonly number[], values: Float32Array, trainable: boolean): Variable {
    const initial = tensor(values, [...shape], 'float32');
    const created = variable(initial, trainable, name);
    initial.dispose();
    this.#byName.set(name, created);
    return created;
  }

  get(name: string): Variable {
    const found = this.#byName.get(name);
    if (!found) throw new Error(`no variable is named ${name}`);
    return found;
  }

  /** Trainable variables whose name begins with `prefix/`. */
  trainable(prefix: string): Variable[] {
    return [...this.#byName.values()].filter((each) => each.trainable && each.name.startsWith(`${prefix}/`));
  }

  /** Copies every value off the device. */
  async read(): Promise<Record<string, HostTensor>> {
    const read: Record<string, HostTensor> = {};
    for (const [name, each] of this.#byName) {
      read[name] = { dtype: 'float32', shape: each.shape, data: (await each.data<'float32'>()).slice() };
    }
    return read;
  }

  /** Sets every value; throws UserError "checkpoint/mismatch" unless names and shapes are the same. */
  assign(values: Readonly<Record<string, HostTensor>>): void {
    const missing = [...this.#byName.keys()].filter((name) => !(name in values));
    const unknown = Object.keys(values).filter((name) => !this.#byName.has(name));
    if (missing[0] !== undefined) throw mismatch(`it has no tensor ${missing[0]}`);
    if (unknown[0] !== undefined) throw mismatch(`this model has no tensor ${unknown[0]}`);
    for (const [name, each] of this.#byName) {
      const value = values[name] as HostTensor;
      if (value.dtype !== 'float32' || value.shape.join() !== each.shape.join()) {
        throw mismatch(`${name} is ${value.dtype} [${value.shape}] there, float32 [${each.shape}] here`);
      }
    }
    for (const [name, each] of this.#byName) assign(each, values[name] as HostTensor);
  }

  dispose(): void {
    for (const each of this.#byName.values()) each.dispose();
    this.#byName.clear();
  }
}

function assign(target: Variable, { data, shape }: HostTensor): void {
  const value: Tensor<Rank> = tensor(data.slice(), [...shape], 'float32' satisfies DataType);
  target.assign(value);
  value.dispose();
}

const mismatch = (how: string): UserError =>
  new UserError(
    'checkpoint/mismatch',
    `The checkpoint does not fit this config: ${how}. Resume with the config of the run that wrote it.`,
  );
