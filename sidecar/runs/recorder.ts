/** The write side of a run as the training loop sees it. `runs/` implements it; tests may too. */
import type { HostTensor } from '../engine/engine.ts';
import type { Preview } from '../terms/preview.ts';
import type { MetricsRow } from '../terms/run-record.ts';

/** Everything needed to go on exactly as if nothing had happened. */
export interface CheckpointState {
  readonly step: number;
  readonly seed: number;
  /** Examples of real data consumed: the data position. */
  readonly images: number;
  /** Seconds of training so far. */
  readonly seconds: number;
  /** By name, e.g. "generator/dense_1/kernel", "optimizer/discriminator/dense_1/kernel/m". */
  readonly tensors: Readonly<Record<string, HostTensor>>;
}

export interface RunRecorder {
  metrics(row: MetricsRow): Promise<void>;
  sample(step: number, preview: Preview): Promise<void>;
  checkpoint(state: CheckpointState): Promise<void>;
  log(level: 'info' | 'warn' | 'error', message: string): void;
}

/** What a person may ask of a running loop; checked between steps. */
export interface RunControl {
  /** Resolves at once unless paused; rejects never. */
  whileResumed(): Promise<void>;
  readonly stopRequested: boolean;
}
