/** Gives TensorFlow.js the recording backend's kernels, and an error of our own for each it lacks. */
import * as tf from '@tensorflow/tfjs-core';
import * as kernelNames from '@tensorflow/tfjs-core/dist/kernel_names.js';
import { captureCall } from '../errors/call-site.ts';
import { UnsupportedOperationError } from '../errors/errors.ts';
import { type Origin, recordedFor } from '../graph/origin.ts';
import type { Value } from '../graph/value.ts';
import { kernels } from '../kernels/index.ts';
import { type Kernel, KernelInputs, type Reader } from '../kernels/kernel.ts';
import { recordingError } from './operation-errors.ts';

export const BACKEND = 'onnx';

/** What the kernels need of the backend that they are registered for. */
export interface Recorder extends Reader {
  incRef(id: tf.DataId): void;
  /** The recorded value of a tensor, in the tensor's shape. */
  recorded(id: tf.DataId): Value;
  /** A new tensor on a recorded value. */
  tensor(value: Value): tf.TensorInfo;
}

/** Registers every kernel of TensorFlow.js for `backend`. */
export function registerKernels(backend: Recorder): void {
  tf.registerKernel({
    kernelName: tf.Identity,
    backendName: BACKEND,
    kernelFunc: ({ inputs }) => {
      const { dataId, shape, dtype } = inputs.x!;
      backend.incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
  for (const kernelName of Object.values(kernelNames)) {
    if (typeof kernelName === 'string' && !(kernelName in kernels) && !ELSEWHERE.has(kernelName)) {
      refuse(kernelName);
    }
  }
  for (const [name, lower] of Object.entries(kernels)) register(backend, name, lower);
}

/** What is no kernel of ours for a reason: it works by itself, or in plain JavaScript without one. */
const ELSEWHERE: ReadonlySet<string> = new Set([tf.Identity, tf.FromPixels]);

function refuse(kernelName: string): void {
  tf.registerKernel({
    kernelName,
    backendName: BACKEND,
    kernelFunc: () => {
      throw new UnsupportedOperationError(kernelName, 'it is not implemented.');
    },
  });
}

function register(backend: Recorder, kernelName: string, lower: Kernel): void {
  tf.registerKernel({
    kernelName,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs }) => {
      const given = Object.entries(inputs).filter((entry) => entry[1] !== undefined && entry[1] !== null);
      const values = Object.fromEntries(given.map(([name, info]) => [name, backend.recorded(info!.dataId)]));
      const origin: Origin = {
        operation: kernelName,
        operands: Object.entries(values).map(([name, { type, shape }]) => ({ name, type, shape })),
        call: backend.tracing ? captureCall() : null,
      };
      try {
        const made = recordedFor(origin, () => lower(new KernelInputs(kernelName, values, backend), attrs ?? {}));
        return Array.isArray(made) ? made.map((value) => backend.tensor(value)) : backend.tensor(made);
      } catch (cause) {
        throw recordingError(origin, cause);
      }
    },
  });
}
