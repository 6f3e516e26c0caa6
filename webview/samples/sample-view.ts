/** How the samples of one kind are shown. */
import type { RunRecord } from '../../sidecar/terms/protocol.ts';

/** What a run's record says of its samples. */
export type SampleLayout = NonNullable<RunRecord['samples']>;

/** Puts loaded samples on show; `label` is what a screen reader says of them. */
export type Show = (label: string) => void;

export interface SampleView {
  readonly root: HTMLElement;
  /** How all samples from now on are laid out. */
  setLayout(layout: SampleLayout): void;
  /** Gets samples ready, so that showing them never flickers. Rejects where they cannot be read. */
  load(uri: string): Promise<Show>;
  /** Draws again what is on show, for a stage of this size in CSS pixels. */
  fit(width: number, height: number): void;
  /** Forgets what was loaded: the files may have changed. */
  clear(): void;
}
