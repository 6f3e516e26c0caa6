/**
 * Every message between a run's process and whoever watches it (JSON-RPC 2.0, vscode-jsonrpc
 * framing, Unix socket or named pipe). The run directory is the truth: messages are commands and
 * news, never the only copy of anything.
 *
 * A connection begins with `hello`; until it succeeds every other message is refused.
 */
import type { MetricsRow, RunRecord, RunState } from './run-record.ts';

export const PROTOCOL_VERSION = 1;

/** Largest message either side accepts, in bytes. News and commands are far smaller. */
export const MAX_MESSAGE_BYTES = 1 << 20;

export type { MetricsRow, RunRecord, RunState };

/** What `session.json` in the run directory holds while the process lives (mode 0600). */
export interface SessionFile {
  readonly pid: number;
  readonly socket: string;
  readonly token: string;
  readonly protocolVersion: number;
  readonly startedAt: string;
}

export interface HelloParams {
  readonly token: string;
  readonly protocolVersion: number;
  /** Who connects, for the log: "extension", "cli". */
  readonly client: string;
}
export interface HelloResult {
  readonly protocolVersion: number;
  readonly run: RunRecord;
}

/** Requests by method: [params, result]. Each answers once the change has taken effect. */
export interface Requests {
  hello: [HelloParams, HelloResult];
  pause: [null, RunRecord];
  resume: [null, RunRecord];
  /** Finishes the step, writes a checkpoint, ends the process. */
  stop: [null, RunRecord];
}

/** Notifications from the run's process. */
export interface News {
  /** run.json changed. */
  run: RunRecord;
  /** metrics.jsonl grew; this is its newest row. */
  metrics: MetricsRow;
  /** A sample grid was written. */
  sample: { readonly step: number; readonly file: string };
  checkpoint: { readonly step: number; readonly file: string };
  log: { readonly level: 'info' | 'warn' | 'error'; readonly message: string };
}

/** What a run's process answers. */
export interface RunProcess {
  readonly requests: Requests;
  readonly news: Record<never, never>;
}

/** What whoever watches it is told. */
export interface RunClient {
  readonly requests: Record<never, never>;
  readonly news: News;
}
