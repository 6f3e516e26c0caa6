/** The write side of a run directory. One process at a time: hold the run's `Lease` while using it. */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { Preview } from '../terms/preview.ts';
import type { News } from '../terms/protocol.ts';
import type { MetricsRow, RunRecord } from '../terms/run-record.ts';
import { AppendFile } from './append-file.ts';
import { removeTemporaryFiles, writeFileAtomic } from './atomic-file.ts';
import { removeCheckpointsAfter, rotateCheckpoints, saveCheckpoint } from './checkpoint.ts';
import { CONFIG_FILE, LOG_FILE, METRICS_FILE, RECORD_FILE } from './layout.ts';
import { encodeMetricsRow, truncateMetricsAfter } from './metrics-log.ts';
import type { CheckpointState, RunRecorder } from './recorder.ts';
import { removeSamplesAfter, saveSample } from './samples.ts';
import { EventFile } from './tensorboard.ts';

/** How often run.json follows the step, in milliseconds; every other change is written at once. */
const STEP_INTERVAL = 1000;

/** How often the log tells the resident memory, in steps. */
const MEMORY_INTERVAL = 100;

/** One item of `News` with its method, as sent to whoever watches. */
export type NewsItem = {
  [Method in keyof News]: { readonly method: Method; readonly params: News[Method] };
}[keyof News];

export interface RunWriterOptions {
  readonly directory: string;
  readonly record: RunRecord;
  readonly config: ResolvedConfig;
  /** The step of the checkpoint that the run goes on from, or null for a new run. */
  readonly resumedFrom: number | null;
  readonly onNews?: (news: NewsItem) => void;
}

export class RunWriter implements RunRecorder {
  readonly directory: string;
  readonly #keepCheckpoints: number;
  readonly #onNews: (news: NewsItem) => void;
  readonly #log: AppendFile;
  readonly #options: RunWriterOptions;
  /** What training appends to; null while the run is left as it was. */
  #appended: { readonly metrics: AppendFile; readonly events: EventFile } | null = null;
  /** Samples that came before the run began. */
  #held: { readonly step: number; readonly preview: Preview } | null = null;
  #record: RunRecord;
  #recordWritten = 0;
  #recordWrites: Promise<void> = Promise.resolve();
  #recordFailure: { readonly error: unknown } | null = null;
  #memoryStep = 0;
  #finished = false;

  private constructor(options: RunWriterOptions) {
    const { directory, record, config, onNews } = options;
    this.#options = options;
    this.directory = directory;
    this.#record = record;
    this.#keepCheckpoints = config.monitor.keepCheckpoints;
    this.#onNews = onNews ?? (() => {});
    this.#log = new AppendFile(join(directory, LOG_FILE));
  }

  /**
   * Opens the log and begins a new run in an existing folder. A run that goes on begins when its owner
   * says so by `begin`; until then nothing but its log is touched. @throws UserError "runs/disk".
   */
  static async open(options: RunWriterOptions): Promise<RunWriter> {
    const writer = new RunWriter(options);
    if (options.resumedFrom === null) await writer.begin();
    return writer;
  }

  /** Whether the folder is this writer's: before, a refusal leaves every byte of the run as it was. */
  get begun(): boolean {
    return this.#appended !== null;
  }

  /**
   * Makes the folder this writer's. Of a run that goes on everything later than the checkpoint
   * `resumedFrom` is dropped, so that the run becomes what it would have been without the
   * interruption. Does nothing the second time. @throws UserError "runs/disk".
   */
  async begin(): Promise<void> {
    if (this.begun) return;
    const { directory, config, resumedFrom } = this.#options;
    await removeTemporaryFiles(directory);
    if (resumedFrom !== null) {
      // Checkpoints first: what is newer than the newest checkpoint is dropped again next time.
      await removeCheckpointsAfter(directory, resumedFrom);
      await truncateMetricsAfter(directory, resumedFrom);
      await removeSamplesAfter(directory, resumedFrom);
    }
    await writeFileAtomic(join(directory, CONFIG_FILE), `${JSON.stringify(config, null, 2)}\n`);
    this.#appended = {
      metrics: new AppendFile(join(directory, METRICS_FILE)),
      events: new EventFile(directory, resumedFrom === null ? null : resumedFrom + 1),
    };
    await this.update({});
    const held = this.#held;
    this.#held = null;
    if (held !== null) await this.sample(held.step, held.preview);
  }

  get record(): RunRecord {
    return this.#record;
  }

  /** Changes run.json; resolves when the change is on disk. Before `begin` only those who watch are told. */
  async update(change: Partial<RunRecord>): Promise<void> {
    this.#record = { ...this.#record, ...change };
    const record = this.#record;
    this.#recordWritten = performance.now();
    if (!this.begun) {
      this.#onNews({ method: 'run', params: record });
      return;
    }
    const write = this.#recordWrites.then(() =>
      writeFileAtomic(join(this.directory, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`),
    );
    this.#recordWrites = write.catch(() => {});
    await write;
    this.#onNews({ method: 'run', params: record });
  }

  async metrics(row: MetricsRow): Promise<void> {
    if (this.#recordFailure !== null) throw this.#recordFailure.error;
    const { metrics, events } = this.#mine();
    metrics.append(encodeMetricsRow(row));
    events.scalars(row.step, eventScalars(row, this.#record.curves));
    this.#onNews({ method: 'metrics', params: row });
    this.#noteStep(row.step);
    if (row.step - this.#memoryStep >= MEMORY_INTERVAL) {
      this.#memoryStep = row.step - (row.step % MEMORY_INTERVAL);
      this.log('info', `step ${row.step}: resident memory ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`);
    }
  }

  async sample(step: number, preview: Preview): Promise<void> {
    if (this.#appended === null) {
      this.#held = { step, preview };
      return;
    }
    const { layout, bytes: png, width, height, channels } = preview;
    // A panel that hears of the picture has to know what it shows.
    if (!isDeepStrictEqual(layout, this.#record.samples)) await this.update({ samples: layout });
    const sample = await saveSample(this.directory, step, png);
    this.#appended.events.image(step, 'samples', { png, width, height, channels });
    this.#onNews({ method: 'sample', params: sample });
  }

  async checkpoint(state: CheckpointState): Promise<void> {
    this.#mine().metrics.sync();
    const checkpoint = await saveCheckpoint(this.directory, state);
    await rotateCheckpoints(this.directory, this.#keepCheckpoints);
    this.#noteStep(state.step);
    this.#onNews({ method: 'checkpoint', params: checkpoint });
  }

  log(level: 'info' | 'warn' | 'error', message: string): void {
    if (this.#finished) return;
    this.#log.append(`${new Date().toISOString()} ${level.padEnd(5)} ${message}\n`);
    this.#onNews({ method: 'log', params: { level, message } });
  }

  /**
   * Writes the last word of a run and closes its files; the writer is unusable afterwards. A run that
   * has not begun stays what it was.
   */
  async finish(end: Pick<RunRecord, 'state' | 'error'>): Promise<void> {
    try {
      await this.update({ ...end, endedAt: new Date().toISOString() });
    } finally {
      this.#finished = true;
      this.#appended?.metrics.close();
      this.#appended?.events.close();
      this.#log.close();
    }
  }

  #mine(): { readonly metrics: AppendFile; readonly events: EventFile } {
    if (this.#appended === null) throw new Error('the run has not begun');
    return this.#appended;
  }

  /** Keeps `step` in memory, and on disk not older than a second, without making training wait. */
  #noteStep(step: number): void {
    this.#record = { ...this.#record, step: Math.max(step, this.#record.step) };
    if (performance.now() - this.#recordWritten < STEP_INTERVAL) return;
    this.update({}).catch((error: unknown) => {
      this.#recordFailure = { error };
    });
  }
}

/** Metrics under the names by which TensorBoard groups them. */
function eventScalars(row: MetricsRow, curves: RunRecord['curves']): Record<string, number> {
  const { step, seconds, images, imagesPerSecond, stall, ...others } = row;
  const losses = new Set(curves.map(({ metric }) => metric));
  const group = (name: string) => (losses.has(name) ? `loss/${name.replace(/Loss$/, '')}` : `statistics/${name}`);
  return {
    ...Object.fromEntries(Object.entries(others).map(([name, value]) => [group(name), value])),
    'speed/imagesPerSecond': imagesPerSecond,
    'speed/stall': stall,
  };
}
