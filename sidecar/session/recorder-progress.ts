/** A recorder for steps that are trained a second time. */
import type { CheckpointState, RunRecorder } from '../runs/recorder.ts';

/** How far a recorder got. */
export interface Recorded {
  /** Of the last row of metrics. */
  readonly step: number;
  readonly seconds: number;
  /** Of the last sample grid; −1 without one. */
  readonly sampleStep: number;
}

/** Passes on what is not recorded yet, and remembers how far that is. */
export class RecorderProgress implements RunRecorder {
  readonly #recorder: RunRecorder;
  #recorded: Recorded;

  constructor(recorder: RunRecorder, from: Recorded) {
    this.#recorder = recorder;
    this.#recorded = from;
  }

  get recorded(): Recorded {
    return this.#recorded;
  }

  async metrics(row: Parameters<RunRecorder['metrics']>[0]): Promise<void> {
    if (row.step <= this.#recorded.step) return;
    const seconds = Math.max(row.seconds, this.#recorded.seconds);
    await this.#recorder.metrics({ ...row, seconds });
    this.#recorded = { ...this.#recorded, step: row.step, seconds };
  }

  async sample(...[step, grid]: Parameters<RunRecorder['sample']>): Promise<void> {
    if (step <= this.#recorded.sampleStep) return;
    await this.#recorder.sample(step, grid);
    this.#recorded = { ...this.#recorded, sampleStep: step };
  }

  checkpoint(state: CheckpointState): Promise<void> {
    return this.#recorder.checkpoint(state);
  }

  log(...[level, message]: Parameters<RunRecorder['log']>): void {
    this.#recorder.log(level, message);
  }
}
