/** What someone who follows a run is told. */
import type { UserError } from '../terms/errors.ts';
import type { MetricsRow, ObservedRun, SampleFile } from '../terms/run-record.ts';

/** Everything a panel shows. */
export interface RunSnapshot {
  readonly run: ObservedRun;
  /** In order of step. */
  readonly metrics: readonly MetricsRow[];
  /** In order of step. */
  readonly samples: readonly SampleFile[];
}

export type RunChange =
  /** The first change, and whenever the past was rewritten (a run resumed from a checkpoint). */
  | { readonly type: 'snapshot'; readonly snapshot: RunSnapshot }
  | { readonly type: 'run'; readonly run: ObservedRun }
  | { readonly type: 'metrics'; readonly rows: readonly MetricsRow[] }
  | { readonly type: 'samples'; readonly samples: readonly SampleFile[] }
  /** The folder cannot be read, for now; told once until it can be read again. */
  | { readonly type: 'error'; readonly error: UserError };
