/**
 * The connections to live runs: takes their news, and finds a run again when its connection breaks
 * while its process lives. A connection brings news and takes commands; the run directory stays the truth.
 */

import { connectToRun, type RunCommand } from '../../sidecar/runs/connection.ts';
import { RunReader } from '../../sidecar/runs/reader.ts';
import { UserError } from '../../sidecar/terms/errors.ts';
import { PACE_WINDOW } from '../../sidecar/terms/pace.ts';
import type { News, RunRecord } from '../../sidecar/terms/protocol.ts';
import type { ObservedRun } from '../../sidecar/terms/run-record.ts';
import { type Log, logFailure } from '../editor/log.ts';
import { type ConnectedRun, NotAnswering } from './live-run.ts';

/**
 * After a lost connection the process is looked for this many times, this many milliseconds apart.
 * One whose connection breaks again and again is given up.
 */
const RECONNECT = { attempts: 40, interval: 250, losses: 3 };

export interface LinkListener {
  /** The run's record or state changed. */
  onRecord(live: ConnectedRun): void;
  /** Metrics came. */
  onMetrics(live: ConnectedRun): void;
  /** The run has ended, or its process (`run` not in a final state) is given up. */
  onEnd(live: ConnectedRun, run: ObservedRun | undefined): void;
}

export class RunLinks {
  readonly #listener: LinkListener;
  readonly #log: Log;
  #disposed = false;

  constructor(listener: LinkListener, log: Log) {
    this.#listener = listener;
    this.#log = log;
  }

  /** Connects to the run's process. Throws as `connectToRun` does. */
  async connect(live: ConnectedRun): Promise<void> {
    const connection = await connectToRun(live.directory, 'vscode');
    if (this.#disposed) {
      connection.dispose();
      return;
    }
    live.connection = connection;
    const take: { readonly [Method in keyof News]: (params: News[Method]) => void } = {
      run: (record) => this.takeRecord(live, record),
      metrics: (row) => {
        live.recent = [...live.recent.slice(1 - PACE_WINDOW), row];
        this.#listener.onMetrics(live);
      },
      sample: () => {},
      checkpoint: ({ step }) => this.#log.debug(`[${live.name}] checkpoint at step ${step}`),
      log: ({ level, message }) => this.#log[level](`[${live.name}] ${message}`),
    };
    connection.onNews((method, params) => {
      if (!this.#disposed) take[method](params);
    });
    connection.onClose(() => {
      live.connection = undefined;
      this.#findAgain(live).catch(logFailure(this.#log, `Looking for ${live.directory}`));
    });
    this.takeRecord(live, connection.run);
  }

  takeRecord(live: ConnectedRun, record: RunRecord): void {
    live.record = record;
    const { state } = record;
    const goesOn = state === 'starting' || state === 'running' || state === 'paused';
    if (live.state !== 'stopping') live.state = goesOn ? state : 'stopping';
    this.#listener.onRecord(live);
  }

  /** After this no news is passed on, and nothing is looked for. */
  dispose(): void {
    this.#disposed = true;
  }

  /** The connection is gone: the run has ended, or its process must be found again. */
  async #findAgain(live: ConnectedRun): Promise<void> {
    live.losses++;
    for (let attempt = 0; !this.#disposed; attempt++) {
      const run = await observe(live.directory);
      const over = !run || run.endedAt !== null || run.state === 'interrupted';
      if (over || attempt === RECONNECT.attempts || live.losses > RECONNECT.losses) {
        // A refused resume leaves run.json as it was; only its process has said why.
        const { record } = live;
        const refused = record?.state === 'failed' && run !== undefined && record.endedAt !== run.endedAt;
        return this.#listener.onEnd(live, refused ? record : run);
      }
      if (await this.#reconnected(live)) return;
      await new Promise((resolve) => setTimeout(resolve, RECONNECT.interval));
    }
  }

  async #reconnected(live: ConnectedRun): Promise<boolean> {
    try {
      await this.connect(live);
      return true;
    } catch (error) {
      this.#log.debug(`[${live.name}] ${error instanceof Error ? error.message : error}`);
      return false;
    }
  }
}

/**
 * Has the run's process carry a command out; resolves with its record once it has.
 * Throws NotAnswering after `timeout` milliseconds, or what the connection throws.
 */
export async function request(live: ConnectedRun, command: RunCommand, timeout: number): Promise<RunRecord> {
  if (!live.connection) throw live.notYet();
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NotAnswering(live, timeout)), timeout);
  });
  try {
    return await Promise.race([live.connection.request(command), silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** The run as its directory tells it, or undefined where there is none. */
export async function observe(directory: string): Promise<ObservedRun | undefined> {
  try {
    return await new RunReader(directory).run();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
