import type { DeviceId } from '../../sidecar/terms/devices.ts';
import type { Options } from './options.ts';

/** What one process is to do, as JSON in its first argument. */
export interface Task extends Omit<Options, 'presets'> {
  readonly preset: string;
  /** Images generated, in place of the preset's own number; null to keep that. */
  readonly samples: number | null;
  /** Device of the judge; null: the run's. */
  readonly judgeOn: DeviceId | null;
  /** Images that the judge's classifier learns from, repeated ones counted; null: as many as for every row of the report. */
  readonly judgeLearns: number | null;
}
