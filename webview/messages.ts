/**
 * Every message between the extension and its pages. A run panel asks first (`ready`), is answered
 * with a whole `snapshot`, then gets deltas; the gallery asks and is answered once. Types only.
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

/** One card of the gallery of presets. */
export interface GalleryPreset {
  readonly id: string;
  readonly title: string;
  /** What it does, in one line. */
  readonly line: string;
  readonly group: string;
  readonly data: 'drawn' | 'downloaded' | 'own';
  /** URI the webview may load; null: there is no picture. */
  readonly picture: string | null;
}

export type ToGallery = { readonly type: 'presets'; readonly presets: readonly GalleryPreset[] };

export type FromGallery = { readonly type: 'ready' } | { readonly type: 'choose'; readonly id: string };
