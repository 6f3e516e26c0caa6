/**
 * Every message between the extension and a run panel. The panel asks first (`ready`), is answered
 * with a whole `snapshot`, then gets deltas. Types only.
 */
import type { MetricsRow, RunRecord } from '../sidecar/protocol.ts';

/** run.json as observed: a dead process makes the state 'interrupted'. */
export type PanelRun = Omit<RunRecord, 'state'> & { readonly state: RunRecord['state'] | 'interrupted' };

export interface PanelSample {
  readonly step: number;
  /** URI the webview may load. */
  readonly uri: string;
}

export type ToPanel =
  | {
      readonly type: 'snapshot';
      readonly run: PanelRun;
      readonly metrics: readonly MetricsRow[];
      readonly samples: readonly PanelSample[];
    }
  | { readonly type: 'run'; readonly run: PanelRun }
  | { readonly type: 'metrics'; readonly rows: readonly MetricsRow[] }
  | { readonly type: 'samples'; readonly samples: readonly PanelSample[] }
  /** A command failed; show it in the panel. */
  | { readonly type: 'error'; readonly message: string };

export type FromPanel =
  | { readonly type: 'ready' }
  | {
      readonly type: 'command';
      readonly command: 'pause' | 'resume' | 'stop' | 'resumeRun' | 'openConfig' | 'openFolder' | 'showLog';
    };
