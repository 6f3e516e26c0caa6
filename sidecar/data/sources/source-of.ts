/** The source of stored images that the config names. */
import { inputFolderOf } from '../input.ts';
import { requirePath } from '../paths.ts';
import type { DataConfig } from '../shape.ts';
import { cifarSource } from './cifar.ts';
import { folderSource } from './folder.ts';
import { npzSource } from './numpy/npz.ts';
import type { ImageSource } from './source.ts';
import { tableSource } from './tables/table.ts';
import { tarSource } from './tar.ts';
import { zipSource } from './zip.ts';

export type StoredSource = 'folder' | 'tar' | 'zip' | 'table' | 'npz' | 'cifar-10';

/**
 * @param inputs whether image-to-image's inputs are wanted.
 * @param briefly whether an estimate will do, so that large archives need not be read through.
 * @throws UserError if a path is missing from the config.
 */
export async function sourceOf(
  kind: StoredSource,
  data: DataConfig,
  inputs: boolean,
  briefly = false,
): Promise<ImageSource> {
  const path = requirePath(data);
  const inputFolder = inputFolderOf(data, inputs);
  switch (kind) {
    case 'folder':
      return folderSource(path, inputFolder);
    case 'tar':
      return tarSource(path, data.columns.label, briefly);
    case 'zip':
      return zipSource(path, briefly);
    case 'table':
      return tableSource(path, data.columns, data.pixelRange, briefly);
    case 'npz':
      return npzSource(path, data.columns, data.labels, data.pixelRange, briefly);
    case 'cifar-10':
      return cifarSource(path);
  }
}
