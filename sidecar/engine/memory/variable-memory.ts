/** Where variables are between steps: arrays of the host, or buffers of the device. */
import { Tensor } from 'onnxruntime-node';
import { binding, initOrt } from 'onnxruntime-node/dist/binding.js';
import { deviceError } from '../errors/device-errors.ts';
import { node } from '../graph/record.ts';
import { allocate, type HostArray, makeValue, sizeOf, type ValueType } from '../graph/value.ts';
import type { Session } from '../onnx/compiled-graph.ts';
import { writeModel } from '../onnx/model.ts';

/** Memory that holds the numbers of a tensor; once nothing holds it, it is used again or freed. */
export interface Buffer {
  readonly memory: VariableMemory;
  /** What a session is fed, or writes into. */
  readonly tensor: Tensor;
  /** The numbers, not to be changed; read off the device where they are there. */
  read(): HostArray;
  /** Set when a recorded value refers to the numbers, which then must not be written again. */
  pinned: boolean;
  /** Called when the last tensor on it is gone. */
  release(): void;
}

export interface VariableMemory {
  /** As ONNX Runtime names the place. */
  readonly location: 'cpu' | 'gpu-buffer';
  /** Memory for a run to write a result into; null where each run makes its own. */
  take(type: ValueType, shape: readonly number[]): Buffer | null;
  /** Holds a result that a run of `session` has made. */
  keep(result: Tensor, session: Session): Buffer;
  /** Moves numbers of the host there. */
  upload(type: ValueType, shape: readonly number[], data: HostArray): Buffer;
  /** Frees a session that will run no more, as soon as nothing holds a result of it. */
  retire(session: Session): Promise<void>;
  /** Forgets memory that nothing holds. */
  clear(): void;
}

/** Arrays that replays write into in turn, so that nothing grows and nothing is copied. */
export class HostMemory implements VariableMemory {
  readonly location = 'cpu';
  /** Buffers that no tensor holds any more, by type and shape. */
  readonly #spare = new Map<string, Buffer[]>();

  take(type: ValueType, shape: readonly number[]): Buffer {
    const key = `${type} ${shape}`;
    const spare = this.#spare.get(key) ?? [];
    this.#spare.set(key, spare);
    const buffer = spare.pop();
    if (buffer !== undefined) return buffer;
    const tensor = new Tensor(type, allocate(type, sizeOf(shape)), shape);
    return this.#buffer(tensor, (made) => void spare.push(made));
  }

  keep(result: Tensor): Buffer {
    return this.#buffer(result, () => {});
  }

  upload(type: ValueType, shape: readonly number[], data: HostArray): Buffer {
    return this.keep(new Tensor(type, data, shape));
  }

  retire(session: Session): Promise<void> {
    return session.release();
  }

  clear(): void {
    this.#spare.clear();
  }

  #buffer(tensor: Tensor, release: (buffer: Buffer) => void): Buffer {
    const buffer: Buffer = {
      memory: this,
      tensor,
      read: () => tensor.data as HostArray,
      pinned: false,
      release: () => release(buffer),
    };
    return buffer;
  }
}

type Copier = InstanceType<typeof binding.InferenceSession>;

/**
 * Buffers of the WebGPU provider. `getData()` on one ends the process in onnxruntime-node 1.30, so
 * numbers cross by way of sessions that do nothing: what such a session is fed and what it returns
 * are in different places.
 */
export class WebGpuMemory implements VariableMemory {
  readonly location = 'gpu-buffer';
  /** Never released: ONNX Runtime's device, and with it every buffer, lives as long as a session does. */
  readonly #copiers = new Map<string, Copier>();
  /** How many results of a session are held. Its buffers come from an allocator that ends with it. */
  readonly #live = new Map<Session, number>();
  readonly #retired = new Set<Session>();

  take(): null {
    return null;
  }

  keep(result: Tensor, session: Session): Buffer {
    this.#live.set(session, (this.#live.get(session) ?? 0) + 1);
    return this.#buffer(result, () => {
      const left = this.#live.get(session)! - 1;
      this.#live.set(session, left);
      if (left === 0 && this.#retired.delete(session)) void this.#release(session);
    });
  }

  upload(type: ValueType, shape: readonly number[], data: HostArray): Buffer {
    return this.#buffer(this.#copy(new Tensor(type, data, shape), 'gpu-buffer'), () => {});
  }

  async retire(session: Session): Promise<void> {
    if ((this.#live.get(session) ?? 0) === 0) await this.#release(session);
    else this.#retired.add(session);
  }

  #release(session: Session): Promise<void> {
    this.#live.delete(session);
    // A device that is lost may refuse, and has nothing left to free.
    return session.release().catch(() => {});
  }

  #buffer(tensor: Tensor, freed: () => void): Buffer {
    return {
      memory: this,
      tensor,
      read: () => this.#copy(tensor, 'cpu').data as HostArray,
      pinned: false,
      release: () => {
        try {
          // Not left to the garbage collector, which does not see the device's memory fill.
          tensor.dispose();
        } catch {
          // A device that is lost has nothing left to free.
        }
        freed();
      },
    };
  }

  clear(): void {}

  /** The same tensor in the other place. */
  #copy(from: Tensor, to: 'cpu' | 'gpu-buffer'): Tensor {
    const type = from.type as ValueType;
    const shape = [...from.dims];
    try {
      const { y } = this.#copier(type, to).run({ x: inShape(from, [sizeOf(shape)]) }, { y: null }, {});
      return inShape(y as Tensor, shape);
    } catch (cause) {
      throw deviceError('webgpu', cause, sizeOf(shape) * 4) ?? cause;
    }
  }

  #copier(type: ValueType, to: 'cpu' | 'gpu-buffer'): Copier {
    const key = `${type} ${to}`;
    const known = this.#copiers.get(key);
    if (known !== undefined) return known;
    initOrt();
    const copier = new binding.InferenceSession();
    // A negative length stands for any.
    const x = makeValue(type, [-1], { kind: 'input', name: 'x' });
    const model = writeModel('copy', [{ name: 'y', value: node('Identity', [x], type, [-1]) }]);
    copier.loadModel(model.buffer as ArrayBuffer, model.byteOffset, model.byteLength, {
      executionProviders: ['webgpu'],
      preferredOutputLocation: { y: to },
      logSeverityLevel: 4,
    });
    this.#copiers.set(key, copier);
    return copier;
  }
}

/** The same numbers with other dimensions. */
function inShape(tensor: Tensor, shape: readonly number[]): Tensor {
  if (tensor.location === 'cpu') return new Tensor(tensor.type, tensor.data, shape);
  const dataType = tensor.type as 'float32' | 'int32' | 'bool';
  const dispose = () => tensor.dispose();
  return Tensor.fromGpuBuffer(tensor.gpuBuffer, { dataType, dims: shape, dispose });
}

/** One for the process: every engine on the device shares ONNX Runtime's device and its buffers. */
export const webGpuMemory = new WebGpuMemory();
