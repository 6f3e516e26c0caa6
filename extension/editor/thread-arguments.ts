import { availableParallelism } from 'node:os';

/**
 * The setting gan.sidecar.threads as arguments: none for 0, which means all cores, and no more than there are
 * cores, since a machine may lose some after the setting was made.
 */
export function threadArguments(setting: number, cores = availableParallelism()): readonly string[] {
  const threads = Math.floor(setting);
  return threads >= 1 ? ['--threads', String(Math.min(threads, cores))] : [];
}
