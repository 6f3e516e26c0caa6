/** What is known of every device without looking at the machine. */
import { platform } from 'node:process';
import type { DeviceId } from '../engine.ts';

export interface DeviceFacts {
  /** What people are shown where the machine does not tell the device's own name. */
  readonly name: string;
  /** How the device's own name is told apart from the same GPU's on another way, for example "WebGPU". */
  readonly by: string;
  readonly goodFor: string;
  /** What would make it run, where nothing more exact is known. */
  readonly remedy: string;
}

const VULKAN_REMEDY =
  'It needs a GPU with a Vulkan driver, and the Vulkan loader (Debian, Ubuntu: sudo apt-get install libvulkan1).';

export const catalog: Readonly<Record<DeviceId, DeviceFacts>> = {
  cpu: {
    name: 'CPU',
    by: 'CPU',
    goodFor: 'Small models and images up to 32×32; always available.',
    remedy: 'It always runs.',
  },
  webgpu: {
    name: 'GPU (WebGPU)',
    by: 'WebGPU',
    goodFor: 'GPUs of any vendor, nothing to install.',
    remedy: platform === 'linux' ? VULKAN_REMEDY : 'It needs a GPU with a current driver for Direct3D 12 or Metal.',
  },
  cuda: {
    name: 'NVIDIA GPU (CUDA)',
    by: 'CUDA',
    goodFor: 'NVIDIA GPUs, large models and images.',
    remedy: 'It needs an NVIDIA GPU and driver, CUDA 12 and cuDNN 9.',
  },
  dml: {
    name: 'GPU (DirectML)',
    by: 'DirectML',
    goodFor: 'GPUs of any vendor on Windows, where WebGPU is slow or missing.',
    remedy: 'It needs a GPU with a driver for Direct3D 12.',
  },
  coreml: {
    name: 'Apple GPU and Neural Engine (Core ML)',
    by: 'Core ML',
    goodFor: 'Apple computers, for the parts of a model that Core ML supports.',
    remedy: 'It needs macOS 13 or newer.',
  },
  tensorflow: {
    name: 'TensorFlow',
    by: 'TensorFlow',
    goodFor: 'Comparing with TensorFlow, operation by operation.',
    remedy: 'It needs @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu.',
  },
};

/** The devices that there can be on an operating system, in the order in which people see them. */
export function devicesOf(system: NodeJS.Platform): readonly DeviceId[] {
  if (system === 'darwin') return ['cpu', 'webgpu', 'coreml', 'tensorflow'];
  if (system === 'win32') return ['cpu', 'webgpu', 'cuda', 'dml', 'tensorflow'];
  return ['cpu', 'webgpu', 'cuda', 'tensorflow'];
}
