/** Opens the device that training runs on. */
import { availableParallelism, tmpdir } from 'node:os';
import { env, platform } from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-node';
import type { DeviceId } from '../terms/devices.ts';
import { makeQueue, ReplayedStep } from './compiled-step.ts';
import { requireDevice } from './devices/list.ts';
import type { DeviceInfo, Engine } from './engine.ts';
import { HostMemory, webGpuMemory } from './memory/variable-memory.ts';
import type { SessionOptions } from './onnx/session.ts';
import { createTensorFlowEngine } from './tensorflow/tensorflow.ts';
import { BACKEND, recordingBackend } from './tracing/backend.ts';

export { type ListOptions, listDevices, tryDevice } from './devices/list.ts';
export {
  DeviceLostError,
  DeviceUnavailableError,
  OutOfMemoryError,
  StepError,
  UnsupportedOperationError,
} from './errors/errors.ts';

export interface EngineOptions {
  /** Threads of the CPU; default: as many as this process may use. */
  readonly threads?: number;
  /** Path prefix of ONNX Runtime's operator traces, one file a compiled step; none without it. */
  readonly profile?: string;
}

/**
 * Opens `choice`; "auto" is the CPU. Tensors and variables made afterwards belong to this engine.
 * @throws DeviceUnavailableError, which says why and what would help.
 */
export async function createEngine(choice: 'auto' | DeviceId, options: EngineOptions = {}): Promise<Engine> {
  const id = choice === 'auto' ? 'cpu' : choice;
  if (id === 'tensorflow') return createTensorFlowEngine(options);
  const { profile, threads = availableParallelism() } = options;
  const { name } = await requireDevice(id, threads);
  // Without a desktop session the Vulkan drivers of Mesa complain on stderr that it is not set.
  if (id === 'webgpu' && platform === 'linux') env.XDG_RUNTIME_DIR ??= tmpdir();
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
  const memory = options.provider === 'webgpu' ? webGpuMemory : new HostMemory();
  return {
    device,
    compile(name, step) {
      const replayed = new ReplayedStep(name, step, backend, options, memory, queue);
      compiled.add(replayed);
      return replayed;
    },
    async dispose() {
      await Promise.all([...compiled].map((step) => step.dispose()));
      compiled.clear();
      memory.clear();
    },
  };
}
