/** What an example is, so that the rest of the program need not know. */
import type { HostTensor } from '../engine/engine.ts';
import type { ModalityName } from '../terms/modality.ts';
import type { Preview } from '../terms/preview.ts';

/** How many samples a preview shows, and how many of them follow each other in a row. */
export interface SampleRequest {
  readonly count: number;
  readonly columns: number;
}

/** What a model made. */
export interface SampleSet {
  /** In [−1, 1], [n, …]; of a network that grows as large as it has grown. */
  readonly examples: HostTensor;
  /** What each was made from, [n, …]; null where that was noise. */
  readonly sources: HostTensor | null;
  /** The dataset's own example for each source, [n, …shape]; null where there are no sources. */
  readonly wanted: HostTensor | null;
}

/** What a preview may show beside samples. */
export interface PreviewContext {
  readonly request: SampleRequest;
  /** Of one example of the dataset. */
  readonly shape: readonly number[];
  /** The first `count` examples of the dataset, as many as there are; the same at every call. */
  real(count: number): Promise<HostTensor>;
}

export interface Modality {
  readonly name: ModalityName;
  /** @param gridSize `monitor.gridSize`. @param translates samples are made from sources, which are shown beside them. */
  request(gridSize: number, translates: boolean): SampleRequest;
  preview(samples: SampleSet, context: PreviewContext): Promise<Preview>;
}
