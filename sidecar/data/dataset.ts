/** What the rest of the project knows of a dataset, whatever its format. */
import type { SkippedFile } from './skip-list.ts';

export interface DatasetInfo {
  /** What the person calls it: "mnist", "digits", or the path. */
  readonly name: string;
  /** Number of images; Infinity for a dataset that is drawn on demand. */
  readonly size: number;
  /** Height and width as delivered, in pixels (images are square). */
  readonly imageSize: number;
  /** 1 grey, 3 RGB, 4 RGBA. */
  readonly channels: number;
  /** Channels of what image-to-image translates from; 0 where it was not asked for. */
  readonly inputChannels: number;
  /** One name a class, in label order; null when the dataset has no labels. */
  readonly classNames: readonly string[] | null;
  /** Files left out, each with the reason, the first hundred of either kind: no images, and damaged ones. Also in the log. */
  readonly skipped: readonly SkippedFile[];
}

export interface Batch {
  /** NHWC pixels in [-1, 1]: [n, imageSize, imageSize, channels]. */
  readonly images: Float32Array;
  /** Class numbers [n], or null without labels. */
  readonly labels: Int32Array | null;
  /** NHWC in [-1, 1], [n, imageSize, imageSize, inputChannels], one to each image; null where not asked for. */
  readonly inputs: Float32Array | null;
}

export interface Dataset {
  readonly info: DatasetInfo;
  /** The class of every image, for choosing among them; left out where there are none, or no end of images. */
  readonly labels?: Int32Array | null;
  /**
   * Reads the images at these indices (0 ≤ i < size) in this order. Deterministic.
   * `keys`, one 32-bit number an image, decide how `data.augment` changes each; without them none is changed.
   */
  read(indices: readonly number[], keys?: Uint32Array | null): Promise<Batch>;
  close(): Promise<void>;
}

/** Progress of long work (a download, an index of many files). `total` is null when unknown. */
export type Progress = (done: number, total: number | null, what: string) => void;
