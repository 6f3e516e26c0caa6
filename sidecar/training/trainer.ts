/** What the training loop drives, whatever is trained. */
import type { Batch } from '../data/dataset.ts';
import type { SampleRequest, SampleSet } from '../modalities/modality.ts';
import type { MetricName } from '../terms/metrics.ts';
import type { Curve } from '../terms/run-record.ts';
import type { StepOutcome } from './update/outcome.ts';

/** A model with its variables and compiled programs. All it does depends on (variables, step, batch). */
export interface Trainer {
  /** Losses to draw, most important first; at most four. */
  readonly curves: readonly (Curve & { readonly metric: MetricName })[];
  /** Real examples that one step takes; the loop reads batches of this size. */
  readonly examplesPerStep: number;
  /** Trains on one batch. `step` counts from 0 and selects noise, dropout and schedules. */
  step(step: number, batch: Batch): Promise<StepOutcome>;
  /** Samples after `step` steps, of latents or sources that are the same throughout the run. */
  sample(step: number, request: SampleRequest): Promise<SampleSet>;
  dispose(): void;
}
