/** Follows a run directory: fs.watch for promptness, polling because watching is not reliable everywhere. */
import { type FSWatcher, watch } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../terms/errors.ts';
import type { MetricsRow, ObservedRun, SampleFile } from '../terms/run-record.ts';
import { errorCode } from './disk-error.ts';
import { METRICS_FILE, SAMPLES_FOLDER } from './layout.ts';
import { parseMetrics } from './metrics-log.ts';
import type { RunChange } from './run-change.ts';

const POLL_MILLISECONDS = 1000;

/** Changes come in bursts; one look serves all of a burst. */
const BURST_MILLISECONDS = 50;

/** What following needs of a run's reader. */
export interface Readable {
  readonly directory: string;
  run(): Promise<ObservedRun>;
  samples(): Promise<readonly SampleFile[]>;
}

/** Starts following; see `RunReader.follow`. */
export function followRun(reader: Readable, onChange: (change: RunChange) => void): { dispose(): void } {
  const follower = new Follower(reader, onChange);
  follower.start();
  return { dispose: () => follower.dispose() };
}

class Follower {
  readonly #reader: Readable;
  readonly #onChange: (change: RunChange) => void;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #metrics: MetricsTail;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #looking = false;
  #again = false;
  #disposed = false;
  /** What the listener knows; null before the snapshot. */
  #known: { run: string; samples: ReadonlySet<number> } | null = null;
  #told = '';

  constructor(reader: Readable, onChange: (change: RunChange) => void) {
    this.#reader = reader;
    this.#onChange = onChange;
    this.#metrics = new MetricsTail(join(reader.directory, METRICS_FILE));
  }

  start(): void {
    this.#timer = setInterval(() => void this.#look(), POLL_MILLISECONDS);
    void this.#look();
  }

  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
    if (!this.#looking) void this.#metrics.close();
  }

  async #look(): Promise<void> {
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    do {
      this.#again = false;
      try {
        this.#watch(this.#reader.directory);
        this.#watch(join(this.#reader.directory, SAMPLES_FOLDER));
        await this.#compare();
        this.#told = '';
      } catch (error) {
        this.#known = null;
        this.#tellOnce(error);
      }
    } while (this.#again && !this.#disposed);
    this.#looking = false;
    if (this.#disposed) await this.#metrics.close();
  }

  async #compare(): Promise<void> {
    if (this.#known === null) await this.#metrics.close();
    // run.json before the rest: what it announces is then already there.
    const run = await this.#reader.run();
    const { rows, rewritten } = await this.#metrics.read();
    const samples = await this.#reader.samples();
    const steps = new Set(samples.map(({ step }) => step));
    const text = JSON.stringify(run);
    const known = this.#known;
    this.#known = { run: text, samples: steps };
    if (known === null || rewritten) return this.#tell({ type: 'snapshot', snapshot: { run, metrics: rows, samples } });
    if ([...known.samples].some((step) => !steps.has(step))) {
      this.#known = null;
      return this.#compare();
    }
    const fresh = samples.filter(({ step }) => !known.samples.has(step));
    if (rows.length > 0) this.#tell({ type: 'metrics', rows });
    if (fresh.length > 0) this.#tell({ type: 'samples', samples: fresh });
    if (text !== known.run) this.#tell({ type: 'run', run });
  }

  #tell(change: RunChange): void {
    if (!this.#disposed) this.#onChange(change);
  }

  #tellOnce(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message === this.#told) return;
    this.#told = message;
    this.#tell({ type: 'error', error: error instanceof UserError ? error : new UserError('runs/disk', message) });
  }

  /** A folder that is not there yet, or cannot be watched, is left to polling. */
  #watch(folder: string): void {
    if (this.#disposed || this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, () => this.#lookSoon());
      watcher.on('error', () => {
        watcher.close();
        this.#watchers.delete(folder);
      });
      this.#watchers.set(folder, watcher);
    } catch {
      this.#watchers.delete(folder);
    }
  }

  #lookSoon(): void {
    if (this.#disposed) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#look();
    }, BURST_MILLISECONDS);
  }
}

/** Reads what a metrics file gained since the last look; notices when it was replaced. */
class MetricsTail {
  readonly #file: string;
  #handle: FileHandle | null = null;
  #offset = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** `rewritten`: the rows are the whole file, earlier ones no longer hold. */
  async read(): Promise<{ rows: MetricsRow[]; rewritten: boolean }> {
    const current = await this.#open();
    if (current === null) return { rows: [], rewritten: await this.#forget() };
    const [now, before] = [await current.stat(), await this.#handle?.stat()];
    const same = before !== undefined && now.ino === before.ino && now.size >= this.#offset;
    if (same) {
      await current.close();
      return { rows: await this.#readFrom(this.#offset), rewritten: false };
    }
    await this.#forget();
    this.#handle = current;
    return { rows: await this.#readFrom(0), rewritten: true };
  }

  async close(): Promise<void> {
    await this.#forget();
  }

  async #forget(): Promise<boolean> {
    const known = this.#handle;
    this.#handle = null;
    this.#offset = 0;
    await known?.close();
    return known !== null;
  }

  async #readFrom(offset: number): Promise<MetricsRow[]> {
    const handle = this.#handle as FileHandle;
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.max(0, size - offset));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
    const { rows, consumed } = parseMetrics(bytes.subarray(0, bytesRead));
    this.#offset = offset + consumed;
    return rows;
  }

  async #open(): Promise<FileHandle | null> {
    try {
      return await open(this.#file, 'r');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
  }
}
