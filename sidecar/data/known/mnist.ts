/** MNIST and Fashion-MNIST: found in a folder, or downloaded once into the user's cache folder. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../terms/errors.ts';
import { datasetCacheFolder } from '../cache-folder.ts';
import { statAs } from '../files.ts';
import type { IdxFiles } from '../idx/idx.ts';
import type { KnownDataset } from './datasets.ts';
import { type DownloadOptions, download } from './download.ts';

/**
 * The training files in `folder` (data.path), or null if they are nowhere yet.
 * Without a folder the cache folder is searched. Gzipped or not, and both spellings of the names.
 * @throws UserError if a given folder is absent or lacks a file.
 */
export async function findKnown(dataset: KnownDataset, folder: string | null): Promise<IdxFiles | null> {
  if (folder !== null) await statAs('folder', folder);
  const place = folder ?? cacheFolderOf(dataset);
  const images = await findFile(place, dataset.files.trainImages.name);
  const labels = await findFile(place, dataset.files.trainLabels.name);
  if (images && labels) return { name: dataset.name, images, labels, classNames: dataset.classNames };
  if (folder === null) return null;
  const missing = images ? dataset.files.trainLabels : dataset.files.trainImages;
  throw new UserError(
    'data/missing',
    `${folder} holds no ${missing.name}: put it there, or leave data.path out to download ${dataset.title}.`,
    { subject: { path: folder } },
  );
}

/**
 * Downloads what the cache folder lacks.
 * @throws UserError that says where to put the files if no mirror has them.
 */
export async function downloadKnown(dataset: KnownDataset, options: DownloadOptions): Promise<IdxFiles> {
  const folder = cacheFolderOf(dataset);
  const files = Object.values(dataset.files);
  for (const file of files) {
    if (await findFile(folder, file.name)) continue;
    const failures = await download(file, dataset.mirrors, join(folder, file.name), options);
    if (failures) {
      throw new UserError(
        'data/download',
        `${dataset.title} could not be downloaded (${file.name}: ${failures.join('; ')}): ` +
          `connect to the network, or put ${files.map(({ name }) => name).join(', ')} into ${folder}.`,
      );
    }
  }
  const found = await findKnown(dataset, null);
  if (!found) throw new UserError('data/missing', `${dataset.title} disappeared from ${folder}: start again.`);
  return found;
}

export const cacheFolderOf = (dataset: KnownDataset) => join(datasetCacheFolder(), dataset.name);

async function findFile(folder: string, gzippedName: string): Promise<string | null> {
  const plain = gzippedName.replace(/\.gz$/, '');
  const dotted = plain.replace(/-idx(\d)-/, '.idx$1-');
  for (const name of [gzippedName, plain, `${dotted}.gz`, dotted]) {
    const path = join(folder, name);
    const found = await access(path).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return null;
}
