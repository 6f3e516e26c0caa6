/**
 * What the pages and the extension ask and tell each other. Types only. The page of a run asks to `watch` it, is told a
 * whole `snapshot`, then what is new; the gallery asks for the presets once.
 */
import type { MetricsRow, RunRecord } from '../sidecar/terms/protocol.ts';

/** run.json as observed: a dead process makes the state 'interrupted'. */
export type PanelRun = Omit<RunRecord, 'state'> & { readonly state: RunRecord['state'] | 'interrupted' };

export interface PanelSample {
  readonly step: number;
  /** URI the webview may load. */
  readonly uri: string;
}

/** What a person may ask of a run from its panel; answered once it has taken effect. */
export type RunAction = 'pause' | 'resume' | 'stop' | 'resumeRun' | 'openConfig' | 'openFolder' | 'showLog';

/** What the extension answers the page of a run. */
export interface RunHost {
  readonly requests: {
    /** From now on the page is told of its run. */
    readonly watch: [null, null];
  } & { readonly [Action in RunAction]: [null, null] };
  readonly news: Record<never, never>;
}

/** What the page of a run is told. */
export interface RunNews {
  readonly snapshot: {
    readonly run: PanelRun;
    readonly metrics: readonly MetricsRow[];
    readonly samples: readonly PanelSample[];
  };
  readonly run: PanelRun;
  readonly metrics: readonly MetricsRow[];
  readonly samples: readonly PanelSample[];
  /** What is wrong with the run's folder, to be shown. */
  readonly trouble: string;
}

export interface RunPage {
  readonly requests: Record<never, never>;
  readonly news: RunNews;
}

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

/** What the extension answers the gallery. */
export interface GalleryHost {
  readonly requests: {
    readonly presets: [null, readonly GalleryPreset[]];
    /** A preset's id. Answered once a config was made of it, or the person thought better of it. */
    readonly choose: [string, null];
  };
  readonly news: Record<never, never>;
}

export interface GalleryPage {
  readonly requests: Record<never, never>;
  readonly news: Record<never, never>;
}
