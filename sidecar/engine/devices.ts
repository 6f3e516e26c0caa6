/** Which devices can run here, found by trying. */
import { availableParallelism } from 'node:os';
import { versions } from 'node:process';
import util from 'node:util';
import * as ort from 'onnxruntime-node';
import type { DeviceId, DeviceStatus } from './engine.ts';
import { DeviceUnavailableError } from './errors.ts';
import { registerGradients } from './gradients.ts';
import { makeValue } from './graph/value.ts';
import { createSession, type ExecutionProvider, toOrt } from './session.ts';

const NAMES: Record<DeviceId, string> = {
  cpu: 'CPU',
  webgpu: 'GPU (WebGPU)',
  cuda: 'NVIDIA GPU (CUDA)',
  tensorflow: 'TensorFlow (CUDA)',
};

const REMEDIES: Record<DeviceId, string> = {
  cpu: 'It always runs.',
  webgpu: 'It needs a GPU and a driver for Vulkan, Direct3D 12 or Metal.',
  cuda: 'It needs an NVIDIA GPU, CUDA 12 with cuDNN 9, and the CUDA provider library in the bin folder of onnxruntime-node.',
  tensorflow:
    'It needs CUDA 11.2 with cuDNN 8.1, and the binding of @tensorflow/tfjs-node-gpu: run "npm rebuild @tensorflow/tfjs-node-gpu".',
};

/** The first line of what went wrong, without the place in ONNX Runtime's own source. */
function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const line = (message.split('\n')[0] ?? '').replace(/^.* was false\. /, '').trim();
  return line.endsWith('.') ? line : `${line}.`;
}

/** Squares a number on an execution provider of ONNX Runtime. Why that fails; null when it works. */
async function tryProvider(provider: ExecutionProvider): Promise<string | null> {
  if (!ort.listSupportedBackends().some(({ name }) => name === provider)) {
    return 'This build of onnxruntime-node does not have it.';
  }
  const x = makeValue('float32', [1], { kind: 'input', name: 'x' });
  const y = makeValue('float32', [1], { kind: 'node', op: 'Mul', domain: '', inputs: [x, x], attributes: {} });
  try {
    const session = await createSession('probe', [{ name: 'y', value: y }], { provider, threads: 1 });
    const result = await session.run({ x: toOrt('float32', [1], Float32Array.of(3)) });
    await session.release();
    return result.y?.data[0] === 9 ? null : 'It computes wrong results.';
  } catch (cause) {
    return reasonOf(cause);
  }
}

/** Loads TensorFlow's binding. Why that fails; null when it works. */
async function tryTensorFlow(): Promise<string | null> {
  if (versions.electron !== undefined) return 'TensorFlow does not run inside Electron.';
  // tfjs-node 4.22 calls these, which Node.js 23 dropped.
  const old: Record<string, unknown> = util as unknown as Record<string, unknown>;
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  old.isArray ??= Array.isArray;
  // Not a literal, so that the program builds where this optional package is not installed.
  const binding: string = '@tensorflow/tfjs-node-gpu';
  try {
    await import(binding);
    return null;
  } catch (cause) {
    return reasonOf(cause);
  } finally {
    registerGradients();
  }
}

/** Tries `device`; returns why it cannot run here, or null. */
export async function tryDevice(device: DeviceId): Promise<string | null> {
  if (device === 'cpu') return null;
  return device === 'tensorflow' ? tryTensorFlow() : tryProvider(device);
}

/** Throws DeviceUnavailableError unless `device` runs here. */
export async function requireDevice(device: DeviceId): Promise<void> {
  const reason = await tryDevice(device);
  if (reason !== null) throw new DeviceUnavailableError(device, reason, REMEDIES[device]);
}

/** What people are shown as the device's name. */
export const deviceName = (device: DeviceId, threads: number): string =>
  device === 'cpu' ? `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}` : NAMES[device];

/** Every device, each with why it cannot run here where it cannot. */
export async function listDevices(): Promise<DeviceStatus[]> {
  const statuses: DeviceStatus[] = [];
  for (const id of ['cpu', 'webgpu', 'cuda', 'tensorflow'] as const) {
    const reason = await tryDevice(id);
    const name = deviceName(id, availableParallelism());
    statuses.push(
      reason === null ? { id, name, available: true } : { id, name, available: false, reason, remedy: REMEDIES[id] },
    );
  }
  return statuses;
}
