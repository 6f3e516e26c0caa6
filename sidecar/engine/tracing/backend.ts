/**
 * The TensorFlow.js backend that records: its kernels compute nothing and return recorded values.
 *
 * Outside a step, recorded values run when they are read. While a step is traced, reading a
 * tf.Variable reads an input of the graph.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from 'onnxruntime-node';
import { UnsupportedOperationError } from '../errors/errors.ts';
import { registerGradients } from '../gradients/index.ts';
import { constant, withSharing } from '../graph/record.ts';
import { allocate, filled, type HostArray, makeValue, sizeOf, type Value, type ValueType } from '../graph/value.ts';
import type { Buffer, VariableMemory } from '../memory/variable-memory.ts';
import { makeKnown } from './lazy.ts';
import { unreadable } from './operation-errors.ts';
import { BACKEND, registerKernels } from './register-kernels.ts';

export { BACKEND } from './register-kernels.ts';

interface Entry {
  references: number;
  readonly type: ValueType;
  readonly shape: readonly number[];
  /** The numbers, once they are known. */
  data: HostArray | null;
  /** What a compiled step wrote it into. */
  readonly buffer: Buffer | null;
  /** The numbers where an engine wants them, once they were moved there. */
  moved: Buffer | null;
  /** The recorded value, once something asked for it. */
  value: Value | null;
}

/** A variable that a traced step reads, and the graph input that stands for it. */
export interface VariableInput {
  readonly variable: tf.Variable;
  readonly value: Value;
}

interface Trace {
  readonly variables: ReadonlyMap<object, tf.Variable>;
  readonly read: Map<tf.Variable, VariableInput>;
  /** Constants of the traced program, by what holds their numbers. */
  readonly constants: Map<Entry, Value>;
}

const valueType = (dtype: tf.DataType): ValueType => {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new UnsupportedOperationError('Tensor', `type ${dtype} is not supported.`);
};

export class RecordingBackend extends tf.KernelBackend {
  readonly #entries = new tf.DataStorage<Entry>(this, tf.engine());
  #trace: Trace | null = null;
  /** Tensors whose numbers are not computed yet. */
  readonly #waiting = new Set<Entry>();
  /** Threads for values read outside a compiled step. */
  threads = 1;

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    const id = {};
    this.move(id, values, shape, dtype, 1);
    return id;
  }

  override move(
    id: tf.DataId,
    values: tf.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    references: number,
  ): void {
    const type = valueType(dtype);
    this.#entries.set(id, {
      references,
      type,
      shape,
      data: values as HostArray,
      buffer: null,
      moved: null,
      value: null,
    });
  }

  /** A new tensor on numbers that a compiled step made. */
  adopt(buffer: Buffer, shape: readonly number[], dtype: tf.DataType): tf.Tensor {
    const id = {};
    const type = valueType(dtype);
    this.#entries.set(id, { references: 1, type, shape, data: null, buffer, moved: null, value: null });
    return tf.engine().makeTensorFromTensorInfo({ dataId: id, shape: [...shape], dtype }, this);
  }

  /** A new tensor on a recorded value. */
  tensor(value: Value): tf.TensorInfo {
    const { type, shape } = value;
    if (type !== 'float32' && type !== 'int32' && type !== 'bool') throw new Error(`No tensor holds ${type}.`);
    const id = {};
    const entry: Entry = { references: 1, type, shape, data: null, buffer: null, moved: null, value };
    this.#entries.set(id, entry);
    if (value.definition.kind === 'node') this.#waiting.add(entry);
    return { dataId: id, shape: [...shape], dtype: type };
  }

  /** The recorded value of a tensor, in the tensor's shape. */
  recorded(id: tf.DataId): Value {
    const entry = this.#entries.get(id);
    const variable = this.#trace?.variables.get(id);
    if (variable !== undefined) return this.#variableInput(variable).value;
    const known = entry.value ?? this.#trace?.constants.get(entry);
    if (known) return known;
    const value = constant(entry.type, entry.shape, this.#numbers(entry));
    if (entry.buffer !== null) entry.buffer.pinned = true;
    // Values shared within a trace belong to that trace.
    if (this.#trace === null) entry.value = value;
    else this.#trace.constants.set(entry, value);
    return value;
  }

  #variableInput(variable: tf.Variable): VariableInput {
    const trace = this.#trace!;
    const known = trace.read.get(variable);
    if (known !== undefined) return known;
    const input = { kind: 'input', name: `variable/${variable.id}` } as const;
    const read = { variable, value: makeValue(valueType(variable.dtype), variable.shape, input) };
    trace.read.set(variable, read);
    return read;
  }

  /** Records `run`; tensors whose data is in `variables` are read from the variables at every replay. */
  record<T>(variables: ReadonlyMap<object, tf.Variable>, run: () => T): { result: T; read: VariableInput[] } {
    const trace: Trace = { variables, read: new Map(), constants: new Map() };
    this.#trace = trace;
    try {
      const result = withSharing(run);
      return { result, read: [...trace.read.values()] };
    } finally {
      this.#trace = null;
    }
  }

  /** The numbers of a tensor outside any trace, not to be changed or kept. */
  async data(id: tf.DataId): Promise<HostArray> {
    return this.#numbers(this.#entries.get(id));
  }

  /** What a session is fed for a tensor; the numbers are moved into `memory` where they are not there. */
  operand(id: tf.DataId, memory: VariableMemory): Tensor {
    const entry = this.#entries.get(id);
    if (entry.buffer?.memory === memory) return entry.buffer.tensor;
    if (entry.moved?.memory !== memory) {
      entry.moved?.release();
      entry.moved = memory.upload(entry.type, entry.shape, this.#numbers(entry));
    }
    return entry.moved.tensor;
  }

  /**
   * Gives a variable that shares its data with other tensors data of its own, so that a trace can
   * tell the variable, whose value changes, from a tensor that was copied from it, whose does not.
   */
  separate(variable: tf.Variable): void {
    const entry = this.#entries.get(variable.dataId);
    if (entry.references === 1) return;
    if (entry.buffer !== null) {
      entry.buffer.pinned = true;
      this.#numbers(entry);
    }
    const id = {};
    const own: Entry = { ...entry, references: 1, buffer: null, moved: null };
    this.#entries.set(id, own);
    if (this.#waiting.has(entry)) this.#waiting.add(own);
    const { shape, dtype } = variable;
    const tensor = tf.engine().makeTensorFromTensorInfo({ dataId: id, shape: [...shape], dtype }, this);
    variable.assign(tensor);
    tensor.dispose();
  }

  #numbers(entry: Entry): HostArray {
    if (entry.data === null) {
      entry.data = entry.buffer === null ? this.compute(entry.value!) : entry.buffer.read();
      this.#waiting.delete(entry);
    }
    return entry.data;
  }

  /** The numbers of a recorded value, not to be changed; throws where only a replay will know them. */
  compute(value: Value): HostArray {
    if (sizeOf(value.shape) === 0) return allocate(value.type, 0);
    if (value.definition.kind === 'node') {
      const live = new Set([...this.#waiting].map((entry) => entry.value!));
      if (!makeKnown(value, live, this.threads)) throw unreadable(value);
    }
    const { definition, type, shape } = value;
    if (definition.kind === 'constant') return definition.data;
    if (definition.kind === 'splat') return filled(type, sizeOf(shape), definition.fill);
    throw unreadable(value);
  }

  /** Whether a step is being traced. */
  get tracing(): boolean {
    return this.#trace !== null;
  }

  override async read(id: tf.DataId): Promise<tf.BackendValues> {
    return this.readSync(id);
  }

  override readSync(id: tf.DataId): tf.BackendValues {
    if (this.#trace?.variables.has(id)) throw unreadable(this.recorded(id));
    const entry = this.#entries.get(id);
    const data = this.#numbers(entry);
    // A compiled step writes into its buffers again.
    return (entry.buffer === null ? data : data.slice()) as tf.BackendValues;
  }

  override refCount(id: tf.DataId): number {
    return this.#entries.has(id) ? this.#entries.get(id).references : 0;
  }

  override incRef(id: tf.DataId): void {
    this.#entries.get(id).references += 1;
  }

  override disposeData(id: tf.DataId, force = false): boolean {
    if (!this.#entries.has(id)) return true;
    const entry = this.#entries.get(id);
    entry.references -= 1;
    if (!force && entry.references > 0) return false;
    this.#entries.delete(id);
    this.#waiting.delete(entry);
    entry.moved?.release();
    if (entry.buffer !== null && !entry.buffer.pinned) entry.buffer.release();
    return true;
  }

  override numDataIds(): number {
    return this.#entries.numDataIds();
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: true, reasons: ['Recorded values take memory only when they run.'] };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  /** Times recording and computing what `run` makes. */
  override async time(run: () => void): Promise<tf.BackendTimingInfo> {
    const before = new Set(this.#waiting);
    const start = performance.now();
    run();
    for (const entry of this.#waiting) if (!before.has(entry)) this.#numbers(entry);
    return { kernelMs: performance.now() - start };
  }

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {}
}

const backend = new RecordingBackend();

/** The one recording backend: TensorFlow.js's kernels are registered for the whole process. */
export function recordingBackend(): RecordingBackend {
  if (tf.findBackendFactory(BACKEND) === null) {
    // Negative: never chosen unless asked for by name.
    tf.registerBackend(BACKEND, () => backend, -1);
    registerKernels(backend);
  }
  registerGradients();
  return backend;
}
