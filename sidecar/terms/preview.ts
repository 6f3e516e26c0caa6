/** Samples of a run as one picture. */

/** What one column after the other shows, again and again. */
export type SampleColumn = 'input' | 'generated' | 'real';

/** What the pictures of a run's samples show, and where. */
export interface SampleLayout {
  /** Images side by side, or points in a plane. */
  readonly kind: 'grid' | 'scatter';
  /** Empty: every example is generated. */
  readonly columns: readonly SampleColumn[];
  /** Pixels from one example of a grid to the next, in both directions; 0 where there is no grid. */
  readonly pitch: number;
  /** Where what `columns` name lies over each other in one picture: the colour of each, "#rrggbb". */
  readonly colours?: readonly string[];
}

/** A picture of samples, ready to be written and shown. */
export interface Preview {
  readonly layout: SampleLayout;
  readonly mime: 'image/png';
  readonly bytes: Uint8Array;
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Numbers a pixel: 1 grey, 3 RGB, 4 RGBA. */
  readonly channels: 1 | 3 | 4;
}
