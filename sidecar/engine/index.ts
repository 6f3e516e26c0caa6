/** Opens the device that training runs on. */
import { availableParallelism } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-node';
import { BACKEND, recordingBackend } from './backend.ts';
import { makeQueue, ReplayedStep } from './compiled-step.ts';
import { deviceName, requireDevice } from './devices.ts';
import { createEagerEngine } from './eager.ts';
import type { DeviceId, DeviceInfo, Engine } from './engine.ts';
import type { SessionOptions } from './session.ts';

export { listDevices } from './devices.ts';
export { DeviceUnavailableError, StepError, UnsupportedOperationError } from './errors.ts';

export interface EngineOptions {
  /** Threads of the CPU; default: as many as this process may use. */
  readonly threads?: number;
  /** Path prefix of ONNX Runtime's operator traces, one file a compiled step; none without it. */
  readonly profile?: string;
}

/**
 * Opens `choice`; "auto" is the CPU. Tensors and variables made afterwards belong to this engine.
 * Throws DeviceUnavailableError, which says why and what would help.
 */
export async function createEngine(choice: 'auto' | DeviceId, options: EngineOptions = {}): Promise<Engine> {
  const id = choice === 'auto' ? 'cpu' : choice;
  await requireDevice(id);
  const threads = options.threads ?? availableParallelism();
  const name = deviceName(id, threads);
  if (id === 'tensorflow') {
    return createEagerEngine('tensorflow', { id, name, engine: `TensorFlow.js ${tf.version_core}` });
  }
  const { profile } = options;
  const engine = `onnxruntime-node ${ort.env.versions.node ?? ''}`.trim();
  return recordingEngine(
    { id, name, engine },
    { provider: id, threads, ...(profile === undefined ? {} : { profile }) },
  );
}

async function recordingEngine(device: DeviceInfo, options: SessionOptions): Promise<Engine> {
  const backend = recordingBackend();
  backend.threads = options.threads;
  await tf.setBackend(BACKEND);
  const queue = makeQueue();
  const compiled = new Set<ReplayedStep>();
  return {
    device,
    compile(name, step) {
      const replayed = new ReplayedStep(name, step, backend, options, queue);
      compiled.add(replayed);
      return replayed;
    },
    async dispose() {
      await Promise.all([...compiled].map((step) => step.dispose()));
      compiled.clear();
    },
  };
}
