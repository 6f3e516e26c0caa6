/** How full the GPU is. */
import { spawnSync } from 'node:child_process';

/** Bytes in use on all NVIDIA GPUs that are seen, by whatever process; null where nvidia-smi does not tell. */
export function gpuBytesInUse(): number | null {
  const options = ['--query-gpu=memory.used', '--format=csv,noheader,nounits'];
  const { status, stdout } = spawnSync('nvidia-smi', options, { encoding: 'utf8', timeout: 5000 });
  const mebibytes = status === 0 ? stdout.trim().split('\n').map(Number) : [];
  return mebibytes.length === 0 || mebibytes.some(Number.isNaN)
    ? null
    : mebibytes.reduce((sum, each) => sum + each, 0) * 2 ** 20;
}
