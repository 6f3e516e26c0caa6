/**
 * The TensorFlow.js backend that records: its kernels compute nothing and return recorded values.
 *
 * Outside a step, recorded values run when they are read. While a step is traced, reading a
 * tf.Variable reads an input of the graph.
 */
import * as tf from '@tensorflow/tfjs-core';
import { UnsupportedOperationError } from './errors.ts';
import { registerGradients } from './gradients.ts';
import { constant, withSharing } from './graph/record.ts';
import { filled, type HostArray, makeValue, sizeOf, type Value, type ValueType } from './graph/value.ts';
import { kernels } from './kernels/index.ts';
import { KernelInputs } from './kernels/kernel.ts';
import { evaluate } from './session.ts';

export const BACKEND = 'onnx';

/** Memory that a compiled step writes a variable into; replays use it again once nothing holds it. */
export interface Buffer {
  readonly data: HostArray;
  /** Set when a recorded value refers to the data, which then must not be written again. */
  pinned: boolean;
  /** Called when the last tensor on it is gone. */
  release(buffer: Buffer): void;
}

interface Entry {
  references: number;
  readonly type: ValueType;
  readonly shape: readonly number[];
  /** The numbers, once they are known. */
  data: HostArray | null;
  readonly buffer: Buffer | null;
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
    this.#entries.set(id, { references, type, shape, data: values as HostArray, buffer: null, value: null });
  }

  /** A new tensor on numbers that a compiled step made. */
  adopt(buffer: Buffer, shape: readonly number[], dtype: tf.DataType): tf.Tensor {
    const id = {};
    const type = valueType(dtype);
    this.#entries.set(id, { references: 1, type, shape, data: buffer.data, buffer, value: null });
    return tf.engine().makeTensorFromTensorInfo({ dataId: id, shape: [...shape], dtype }, this);
  }

  /** A new tensor on a recorded value. */
  tensor(value: Value): tf.TensorInfo {
    const { type, shape } = value;
    if (type !== 'float32' && type !== 'int32' && type !== 'bool') throw new Error(`No tensor holds ${type}.`);
    const id = {};
    this.#entries.set(id, { references: 1, type, shape, data: null, buffer: null, value });
    return { dataId: id, shape: [...shape], dtype: type };
  }

  /** The recorded value of a tensor, in the tensor's shape. */
  recorded(id: tf.DataId): Value {
    const entry = this.#entries.get(id);
    const variable = this.#trace?.variables.get(id);
    if (variable !== undefined) return this.#variableInput(variable).value;
    const known = entry.value ?? this.#trace?.constants.get(entry);
    if (known) return known;
    const value = constant(entry.type, entry.shape, entry.data!);
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
    const entry = this.#entries.get(id);
    if (entry.data === null) {
      const value = entry.value!;
      const data = await this.#compute(value);
      entry.data = data;
      value.definition = { kind: 'constant', data };
    }
    return entry.data;
  }

  #compute(value: Value): HostArray | Promise<HostArray> {
    const { definition, type, shape } = value;
    if (definition.kind === 'constant') return definition.data;
    if (definition.kind === 'splat') return filled(type, sizeOf(shape), definition.fill);
    return evaluate(value, { provider: 'cpu', threads: this.threads });
  }

  override async read(id: tf.DataId): Promise<tf.BackendValues> {
    const data = await this.data(id);
    // A compiled step writes into its buffers again.
    return (this.#entries.get(id).buffer === null ? data : data.slice()) as tf.BackendValues;
  }

  override readSync(id: tf.DataId): tf.BackendValues {
    const { data, value, buffer } = this.#entries.get(id);
    if (data === null) {
      const made = value?.definition.kind === 'node' ? value.definition.op : 'a step';
      throw new UnsupportedOperationError(
        'dataSync()',
        `the result of ${made} is not computed yet; read it with "await tensor.data()", and not inside a step.`,
      );
    }
    return (buffer === null ? data : data.slice()) as tf.BackendValues;
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
    if (entry.buffer !== null && !entry.buffer.pinned) entry.buffer.release(entry.buffer);
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

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {}
}

const backend = new RecordingBackend();

/** The one recording backend: TensorFlow.js's kernels are registered for the whole process. */
export function recordingBackend(): RecordingBackend {
  if (tf.findBackendFactory(BACKEND) === null) register();
  registerGradients();
  return backend;
}

function register(): void {
  // Negative: never chosen unless asked for by name.
  tf.registerBackend(BACKEND, () => backend, -1);
  tf.registerKernel({
    kernelName: tf.Identity,
    backendName: BACKEND,
    kernelFunc: ({ inputs }) => {
      const { dataId, shape, dtype } = inputs.x!;
      backend.incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
  for (const [kernelName, lower] of Object.entries(kernels)) {
    tf.registerKernel({
      kernelName,
      backendName: BACKEND,
      kernelFunc: ({ inputs, attrs }) => {
        const given = Object.entries(inputs).filter((entry) => entry[1] !== undefined && entry[1] !== null);
        const values = Object.fromEntries(given.map(([name, info]) => [name, backend.recorded(info!.dataId)]));
        const made = lower(new KernelInputs(kernelName, values), attrs ?? {});
        return Array.isArray(made) ? made.map((value) => backend.tensor(value)) : backend.tensor(made);
      },
    });
  }
}
