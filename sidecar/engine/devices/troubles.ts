/** Why a device does not run, in a sentence, and what would help. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { arch, platform } from 'node:process';
import { type DeviceId, remedyFor } from '../../terms/devices.ts';
import { firstLine } from '../errors/device-errors.ts';
import { nvidiaGpus, parseVulkanList } from './adapters.ts';
import { type Probe, runtimeFile } from './probe.ts';

export interface Trouble {
  readonly reason: string;
  readonly remedy: string;
  /** `gan devices --install` can fetch what is missing. */
  readonly installable: boolean;
}

/** The folder whose libraries ONNX Runtime loads. */
export const libraryFolder = (): string =>
  path.join(path.dirname(runtimeFile()), '..', 'bin', 'napi-v6', platform, arch);

const PROVIDER_LIBRARY = platform === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so';

const hasCudaProvider = (): boolean => existsSync(path.join(libraryFolder(), PROVIDER_LIBRARY));

/** What `id` needs on this machine, before it is tried; null when nothing is known to be missing. */
export async function knownTrouble(id: DeviceId): Promise<Trouble | null> {
  if (id !== 'cuda') return null;
  const hasProvider = hasCudaProvider();
  const hasDriver = existsSync('/proc/driver/nvidia/version') || (await nvidiaGpus()).length > 0;
  if (!hasDriver) {
    return {
      reason: 'No NVIDIA driver was found.',
      remedy: `${remedyFor('cuda', platform)} Install the driver first.`,
      installable: false,
    };
  }
  if (hasProvider) return null;
  if (platform !== 'linux' || arch !== 'x64') {
    return {
      reason: `ONNX Runtime has no CUDA library for ${platform} on ${arch}.`,
      remedy: 'Use webgpu, which runs on the same GPU.',
      installable: false,
    };
  }
  return {
    reason: 'The CUDA library of ONNX Runtime is not installed.',
    remedy: 'Run "gan devices --install cuda".',
    installable: true,
  };
}

/** Libraries of NVIDIA's by what they belong to. */
const CUDA_PARTS: readonly (readonly [RegExp, string])[] = [
  [/libcudnn|cudnn\w*\.dll/i, 'cuDNN 9'],
  [/libcuda\.so|nvcuda\.dll/i, 'The NVIDIA driver'],
  [/libcu|libnv|cu(blas|dart|fft|rand)\w*\.dll/i, 'CUDA 12'],
];

function cudaTrouble(problem: string): Trouble | null {
  const library = /(lib[\w+-]+\.so[\w.]*): cannot open shared object|"?([\w-]+\.dll)"?/i.exec(problem);
  const name = library?.[1] ?? library?.[2];
  const part = name === undefined ? undefined : CUDA_PARTS.find(([pattern]) => pattern.test(name))?.[1];
  if (part !== undefined) {
    return {
      reason: `${part} is missing: ${name} was not found.`,
      remedy: `Install ${part.replace(/^The/, 'the')}, and add its folder to ${platform === 'win32' ? 'PATH' : 'LD_LIBRARY_PATH'} if it is not in a standard place.`,
      installable: false,
    };
  }
  if (/driver version is insufficient|CUDA (failure|error) 35\b/i.test(problem)) {
    return {
      reason: 'The NVIDIA driver is too old for CUDA 12.',
      remedy: 'Install version 525 of the driver, or a newer one.',
      installable: false,
    };
  }
  if (/no CUDA-capable device|CUDA (failure|error) 100\b/i.test(problem)) {
    return {
      reason: 'The driver finds no NVIDIA GPU that can compute.',
      remedy: 'Check nvidia-smi: the GPU may be switched off, hidden by CUDA_VISIBLE_DEVICES, or in use.',
      installable: false,
    };
  }
  return null;
}

function webGpuTrouble({ problem, printed }: Probe): Trouble | null {
  if (!/adapter/i.test(problem ?? '')) return null;
  const found = parseVulkanList(printed);
  const reason =
    found.length === 0
      ? 'No GPU with a driver was found.'
      : `ONNX Runtime accepts none of the GPUs found: ${found.join(', ')}.`;
  return { reason, remedy: remedyFor('webgpu', platform), installable: false };
}

/** What a probe's failure means. */
export function trouble(id: DeviceId, probe: Probe): Trouble {
  const problem = probe.problem ?? '';
  const known = id === 'cuda' ? cudaTrouble(problem) : id === 'webgpu' ? webGpuTrouble(probe) : null;
  return known ?? { reason: firstLine(problem), remedy: remedyFor(id, platform), installable: false };
}
