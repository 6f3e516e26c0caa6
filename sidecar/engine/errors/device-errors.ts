/** Tells a device that is lost or full from a mistake in a graph, by what drivers and ONNX Runtime say. */
import type { DeviceId } from '../../terms/devices.ts';
import { DeviceLostError, OutOfMemoryError } from './errors.ts';

/** C++'s and JavaScript's own allocation, ONNX Runtime's arena, CUDA (error 2) with cuBLAS and cuDNN, Dawn, Direct3D. */
const OUT_OF_MEMORY = [
  /bad_alloc|bad array new length/,
  /array buffer allocation failed|invalid (typed )?array (buffer )?length/i,
  /failed to allocate memory|out.of.memory|E_OUTOFMEMORY|8007000E/i,
  /CUDA (failure|error) 2\b|cudaErrorMemoryAllocation|_STATUS_ALLOC_FAILED/,
  /available memory of \d+ is smaller than requested/i,
  /exceeds the max(imum)? (storage )?buffer (binding )?size/i,
];

/** Vulkan and Dawn, Direct3D (removed, hung, reset), CUDA errors after which a process can compute no more. */
const LOST = [
  /device (was |is )?lost|DEVICE_LOST|DeviceLost/i,
  /DXGI_ERROR_DEVICE_(REMOVED|HUNG|RESET)|887A000[567]/i,
  /CUDA (failure|error) (46|214|700|702|719|999)\b|cudaError(IllegalAddress|LaunchFailure|LaunchTimeout|DevicesUnavailable|ECCUncorrectable)/,
  /fallen off the bus/i,
];

/** The first line, without the place in ONNX Runtime's own source. */
export function firstLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const line = (message.split('\n')[0] ?? '').replace(/^.* was false\. /, '').trim();
  return line.endsWith('.') ? line : `${line}.`;
}

/** The error to throw for `cause`; null where the device is not to blame. `bytes` is what the program needs. */
export function deviceError(
  device: DeviceId,
  cause: unknown,
  bytes: number | null = null,
): DeviceLostError | OutOfMemoryError | null {
  if (cause instanceof DeviceLostError || cause instanceof OutOfMemoryError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (LOST.some((pattern) => pattern.test(message))) return new DeviceLostError(device, firstLine(cause), cause);
  if (OUT_OF_MEMORY.some((pattern) => pattern.test(message))) {
    return new OutOfMemoryError(device, firstLine(cause), bytes, cause);
  }
  return null;
}
