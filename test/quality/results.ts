/** What became of one preset, as `out/quality/<preset>.json` holds it. */
import type { DeviceInfo } from '../../sidecar/engine/engine.ts';
import type { Metrics } from '../../sidecar/evaluation/report/judgements.ts';
import type { Machine } from '../bench/results.ts';

export interface QualityResult {
  readonly preset: string;
  readonly dataset: string;
  /** Date of the measurement, ISO 8601 without a time. */
  readonly date: string;
  readonly machine: Machine;
  readonly device: DeviceInfo;
  readonly seed: number;
  /** The time after which training was stopped, if it was not over. */
  readonly budgetMinutes: number;
  /** Changes to the preset's config, without those that say where the data are. */
  readonly overrides: readonly string[];
  readonly training: TrainingFacts;
  /** Null where training failed, and so nothing was generated. */
  readonly metrics: Metrics | null;
}

export interface TrainingFacts {
  readonly end: 'finished' | 'stopped' | 'failed';
  /** Why it failed. */
  readonly error: string | null;
  readonly steps: number;
  /** Of training, sample grids and checkpoints included. */
  readonly minutes: number;
  readonly imagesPerSecond: number;
  /** Share of the time in which training waited for data, 0 to 1. */
  readonly stall: number;
  /** Mean of the last rows of the metrics, by the name that people see. */
  readonly losses: readonly { readonly label: string; readonly value: number }[];
}
