/** Remembers what datasets look like, so that typing does not list a folder at every key. */
import { stat } from 'node:fs/promises';
import type { Inspect } from '../../sidecar/config/data-rules/data-of.ts';
import type { DataFacts } from '../../sidecar/data/facts.ts';
import { inspectData, watchedPath } from '../../sidecar/data/inspect.ts';

const capacity = 32;

interface Seen {
  /** Changes when a file or the folder itself changes; a change deeper down does not show. */
  readonly stamp: string;
  readonly facts: Promise<DataFacts>;
}

const stampOf = async (path: string | null): Promise<string> => {
  if (path === null) return 'none';
  const found = await stat(watchedPath(path)).catch(() => null);
  return found ? `${found.mtimeMs} ${found.size}` : 'missing';
};

export class DataMemory {
  readonly #seen = new Map<string, Seen>();

  readonly inspect: Inspect = async (data, options = {}) => {
    const key = JSON.stringify([data, options]);
    const stamps = await Promise.all([data.path, data.labels, data.inputPath].map(stampOf));
    const stamp = stamps.join();
    const known = this.#seen.get(key);
    const current = known?.stamp === stamp ? known : { stamp, facts: inspectData(data, options) };
    this.#seen.delete(key);
    this.#seen.set(key, current);
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size <= capacity) break;
      this.#seen.delete(oldest);
    }
    return current.facts;
  };

  /** The next look goes to the disk. */
  forget(): void {
    this.#seen.clear();
  }
}
