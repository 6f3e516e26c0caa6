import { availableParallelism } from 'node:os';

/**
 * The setting gan.sidecar.threads as arguments: none for 0 or what is no number, which mean all cores,
 * and no more than there are cores, since a machine may lose some after the setting was made.
 */
export function threadArguments(setting: unknown, cores = availableParallelism()): readonly string[] {
  const threads = typeof setting === 'number' ? Math.floor(setting) : 0;
  return threads >= 1 ? ['--threads', String(Math.min(threads, cores))] : [];
}
