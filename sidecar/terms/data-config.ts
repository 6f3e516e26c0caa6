/** What a config says of the data, every default spelled out. */

/** Where examples come from. */
export type DataSourceName =
  | 'digits'
  | 'mnist'
  | 'fashion-mnist'
  | 'idx'
  | 'folder'
  | 'tar'
  | 'zip'
  | 'table'
  | 'npz'
  | 'cifar-10'
  | 'stacked-mnist'
  | 'points';

/** The sets of points that the program draws. */
export type ToySetName = 'ring' | 'grid' | 'moons' | 'swiss-roll';

export interface DataConfig {
  readonly source: DataSourceName;
  /** Absolute, or null where the source needs none. */
  readonly path: string | null;
  readonly labels: string | null;
  /** Names of the columns of a table, or of the arrays of an NPZ file; null: found by the usual names. */
  readonly columns: { readonly image: string | null; readonly label: string | null };
  /** Numbers that stand for black and white, where images are numbers; null: as these say. */
  readonly pixelRange: readonly [number, number] | null;
  /** null: as the data has it. */
  readonly imageSize: number | null;
  readonly channels: 1 | 3 | 4 | null;
  readonly resize: 'crop' | 'pad' | 'stretch' | 'refuse';
  /** What image-to-image translates from: made from the image itself, or a folder of files with the same names. */
  readonly input: 'edges' | 'grey' | 'folder';
  /** Absolute; of input 'folder'. */
  readonly inputPath: string | null;
  /** Changes to real images that keep their labels, drawn anew each epoch. */
  readonly augment: {
    /** Mirrors left and right, half of the time. */
    readonly flip: boolean;
    /** Moves by up to this many pixels each way. */
    readonly shift: number;
  };
  /** The set that source 'points' draws where `path` is null. */
  readonly points: ToySetName;
  /** Every batch holds all classes in equal parts, as far as it can. */
  readonly balanceClasses: boolean;
}
