/** From `data` in the config to a dataset that can be read. */
import { totalmem } from 'node:os';
import type { Dataset, Progress } from './dataset.ts';
import { openDigits } from './digits.ts';
import { openFolder } from './folder.ts';
import { openIdx } from './idx.ts';
import { type KnownDataset, knownDatasets } from './known-datasets.ts';
import { cacheFolderOf, downloadKnown, findKnown } from './mnist.ts';
import { requirePath, withHome } from './paths.ts';
import type { DataConfig } from './shape.ts';

export interface OpenOptions {
  /** Cancels downloading, unpacking and indexing; `openDataset` then rejects with its reason. */
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
  readonly log?: (level: 'info' | 'warn' | 'error', message: string) => void;
  /**
   * Bytes of images kept in memory; what is larger streams from disk.
   * Default: a quarter of the machine's memory, at most 1 GiB.
   */
  readonly memoryLimit?: number;
}

type Opener = (data: DataConfig, options: Required<Pick<OpenOptions, 'memoryLimit'>> & OpenOptions) => Promise<Dataset>;

const known =
  (dataset: KnownDataset): Opener =>
  async (data, options) => {
    const found = await findKnown(dataset, data.path);
    if (!found) options.log?.('info', `Downloading ${dataset.title} to ${cacheFolderOf(dataset)}.`);
    return openIdx(found ?? (await downloadKnown(dataset, options)), data, options);
  };

const openers: Readonly<Record<DataConfig['source'], Opener>> = {
  digits: async (data) => openDigits(data),
  mnist: known(knownDatasets.mnist),
  'fashion-mnist': known(knownDatasets['fashion-mnist']),
  idx: async (data, options) => {
    const images = requirePath(data);
    return openIdx({ name: images, images, labels: data.labels, classNames: null }, data, options);
  },
  folder: (data, options) => openFolder(requirePath(data), data, options),
};

/**
 * @throws UserError with a code "data/…" and one line that names the file, what is wrong and the
 * remedy; nothing else is thrown for bad input.
 */
export async function openDataset(data: DataConfig, options: OpenOptions = {}): Promise<Dataset> {
  const memoryLimit = options.memoryLimit ?? Math.min(2 ** 30, totalmem() / 4);
  return openers[data.source](withHome(data), { ...options, memoryLimit });
}
