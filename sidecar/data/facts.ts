/** What a dataset is, as far as names and headers tell. */
import type { ExampleFacts } from '../terms/example.ts';
import type { ModalityName } from '../terms/modality.ts';
import type { LostLabels } from './labels/labelling.ts';
import type { Channels } from './shape.ts';
import type { PixelValues, Unreadable } from './sources/source.ts';
import type { StoredSource } from './sources/source-of.ts';

/** How images lie in their files. */
export interface StoredImages {
  /** Of the first image, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the first image: 1 grey, 3 RGB, 4 RGBA. */
  readonly channels: Channels;
  readonly mixedSizes: boolean;
  readonly mixedChannels: boolean;
  /** What the numbers are, where images are not files; from the first of them, of large files. */
  readonly values: PixelValues | null;
}

/** `shape` and `sourceShape` are those that the model will get: of images squares [size, size, channels]. */
export interface DataFacts extends ExampleFacts {
  readonly modality: ModalityName;
  readonly format: 'digits' | 'idx' | 'stacked-mnist' | 'points' | StoredSource;
  /** Number of examples; Infinity for what is drawn on demand; estimated for large archives. */
  readonly size: number;
  /** Null where examples are not images. */
  readonly stored: StoredImages | null;
  /** Why there are no labels although the files seem to have some. */
  readonly lostLabels: LostLabels | null;
  /** Files that are no images; damaged images as far as headers were read. */
  readonly skipped: Unreadable;
  /** On disk, of the files that are read; 0 for digits; estimated for folders of many images. */
  readonly bytes: number;
  /** False for a known dataset that training will download first. */
  readonly present: boolean;
}
