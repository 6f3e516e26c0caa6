/** From `data` in the config to a dataset that can be read. */
import { totalmem } from 'node:os';
import type { Dataset, Progress } from './dataset.ts';
import type { IdxFiles } from './idx/idx.ts';
import { inputFolderOf } from './input.ts';
import { type KnownDataset, knownDatasets } from './known/datasets.ts';
import { cacheFolderOf, downloadKnown, findKnown } from './known/mnist.ts';
import { openCached } from './openers/cached.ts';
import { openDigits } from './openers/digits.ts';
import { type IdxOptions, openIdx } from './openers/idx.ts';
import { openStackedMnist } from './openers/stacked-mnist.ts';
import { requirePath, withHome } from './paths.ts';
import type { DataConfig } from './shape.ts';
import { openPoints } from './sources/points/points.ts';
import { type StoredSource, sourceOf, storedSources } from './sources/source-of.ts';

export interface OpenOptions {
  /** Cancels downloading, unpacking and decoding; `openDataset` then rejects with its reason. */
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
  readonly log?: (level: 'info' | 'warn' | 'error', message: string) => void;
  /**
   * Bytes of images kept in memory where the source needs no decoding; what is larger streams from disk.
   * Default: a quarter of the machine's memory, at most 1 GiB.
   */
  readonly memoryLimit?: number;
  /** Whether batches have inputs, which image-to-image translates from (`data.input`). Default: false. */
  readonly inputs?: boolean;
}

type Opener = (data: DataConfig, options: OpenOptions & Pick<IdxOptions, 'memoryLimit' | 'inputs'>) => Promise<Dataset>;

const stored =
  (kind: StoredSource): Opener =>
  async (data, options) =>
    openCached(await sourceOf(kind, data, options.inputs), data, options);

const known =
  (dataset: KnownDataset, open: (files: IdxFiles, data: DataConfig, options: IdxOptions) => Promise<Dataset>): Opener =>
  async (data, options) => {
    const found = await findKnown(dataset, data.path);
    if (!found) options.log?.('info', `Downloading ${dataset.title} to ${cacheFolderOf(dataset)}.`);
    return open(found ?? (await downloadKnown(dataset, options)), data, options);
  };

const ofStored = Object.fromEntries(storedSources.map((kind) => [kind, stored(kind)])) as Record<StoredSource, Opener>;

const openers: Readonly<Record<DataConfig['source'], Opener>> = {
  ...ofStored,
  digits: async (data, { inputs }) => openDigits(data, inputs),
  mnist: known(knownDatasets.mnist, openIdx),
  'fashion-mnist': known(knownDatasets['fashion-mnist'], openIdx),
  'stacked-mnist': known(knownDatasets.mnist, openStackedMnist),
  idx: async (data, options) => {
    const images = requirePath(data);
    return openIdx({ name: images, images, labels: data.labels, classNames: null }, data, options);
  },
  points: openPoints,
};

/**
 * @throws UserError with a code "data/…" and one line that names the file, what is wrong and the
 * remedy; nothing else is thrown for bad input.
 */
export async function openDataset(config: DataConfig, options: OpenOptions = {}): Promise<Dataset> {
  const data = withHome(config);
  const inputs = options.inputs ?? false;
  inputFolderOf(data, inputs);
  const memoryLimit = options.memoryLimit ?? Math.min(2 ** 30, totalmem() / 4);
  return openers[data.source](data, { ...options, memoryLimit, inputs });
}
