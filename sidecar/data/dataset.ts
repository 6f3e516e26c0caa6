/** What the rest of the project knows of a dataset, whatever its format. */
import type { HostTensor } from '../engine/engine.ts';
import type { ModalityName } from '../terms/modality.ts';
import type { SkippedFile } from './skip-list.ts';

export interface DatasetInfo {
  /** What the person calls it: "mnist", "digits", or the path. */
  readonly name: string;
  readonly modality: ModalityName;
  /** Number of examples; Infinity for a dataset that is drawn on demand. */
  readonly size: number;
  /** Of one example as delivered: [size, size, channels] of an image (1 grey, 3 RGB, 4 RGBA), [values] of a row. */
  readonly shape: readonly number[];
  /** Of what is paired with each example; null where it was not asked for. */
  readonly sourceShape: readonly number[] | null;
  /** What −1 and 1 stand for, value by value, where a row of numbers was scaled to them. */
  readonly ranges?: readonly (readonly [low: number, high: number])[];
  /** One name a class, in label order; null when the dataset has no labels. */
  readonly classNames: readonly string[] | null;
  /** Files left out, each with the reason, the first hundred of either kind: no images, and damaged ones. Also in the log. */
  readonly skipped: readonly SkippedFile[];
}

export interface Batch {
  /** In [−1, 1]: [n, …shape]. Of images NHWC pixels. */
  readonly examples: HostTensor;
  /** Class numbers [n], or null without labels. */
  readonly labels: Int32Array | null;
  /** In [−1, 1], [n, …sourceShape], one to each example; null where not asked for. */
  readonly sources: HostTensor | null;
}

export interface Dataset {
  readonly info: DatasetInfo;
  /** The class of every example, for choosing among them; left out where there are none, or no end of examples. */
  readonly labels?: Int32Array | null;
  /**
   * Reads the examples at these indices (0 ≤ i < size) in this order. Deterministic.
   * `keys`, one 32-bit number an example, decide how `data.augment` changes each; without them none is changed.
   */
  read(indices: readonly number[], keys?: Uint32Array | null): Promise<Batch>;
  close(): Promise<void>;
}

/** Progress of long work (a download, an index of many files). `total` is null when unknown. */
export type Progress = (done: number, total: number | null, what: string) => void;
