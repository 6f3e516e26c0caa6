/** The source of stored images that the config names. */
import { inputFolderOf } from '../input.ts';
import { requirePath } from '../paths.ts';
import type { DataConfig } from '../shape.ts';
import type { SourceName } from './abouts.ts';
import { cifarSource } from './cifar/cifar.ts';
import { folderSource } from './folder/folder.ts';
import { npzSource } from './numpy/npz.ts';
import type { ImageSource } from './source.ts';
import { tableSource } from './tables/table.ts';
import { tarSource } from './tar/tar.ts';
import { zipSource } from './zip/zip.ts';

interface Wanted {
  readonly path: string;
  /** Of image-to-image's inputs; null where they are not wanted, or are made from the images. */
  readonly inputFolder: string | null;
  /** Whether an estimate will do, so that large archives need not be read through. */
  readonly briefly: boolean;
}

/** Sources of images that lie in files, by their names in the config. */
const stored = {
  folder: (_, { path, inputFolder }) => folderSource(path, inputFolder),
  tar: ({ columns }, { path, briefly }) => tarSource(path, columns.label, briefly),
  zip: (_, { path, briefly }) => zipSource(path, briefly),
  table: ({ columns, pixelRange }, { path, briefly }) => tableSource(path, columns, pixelRange, briefly),
  npz: ({ columns, labels, pixelRange }, { path, briefly }) => npzSource(path, columns, labels, pixelRange, briefly),
  'cifar-10': (_, { path }) => cifarSource(path),
} as const satisfies Partial<
  Record<SourceName, (data: DataConfig, wanted: Wanted) => Promise<ImageSource> | ImageSource>
>;

export type StoredSource = keyof typeof stored;

export const storedSources = Object.keys(stored) as readonly StoredSource[];

/**
 * @param inputs whether image-to-image's inputs are wanted.
 * @param briefly whether an estimate will do.
 * @throws UserError if a path is missing from the config.
 */
export async function sourceOf(
  kind: StoredSource,
  data: DataConfig,
  inputs: boolean,
  briefly = false,
): Promise<ImageSource> {
  const wanted = { path: requirePath(data), inputFolder: inputFolderOf(data, inputs), briefly };
  return stored[kind](data, wanted);
}
