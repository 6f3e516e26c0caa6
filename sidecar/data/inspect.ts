/** What a dataset is, from names and headers alone: nothing is decoded and no native code is loaded. */
import { defaultDigitSize, digitClassNames } from './digits.ts';
import { type IdxFiles, idxShapes, numberedClasses, readIdxHeaders } from './idx.ts';
import { inputFolderOf, inputPlan } from './input.ts';
import { type KnownDataset, knownDatasets } from './known-datasets.ts';
import type { LostLabels } from './labels/labelling.ts';
import { findKnown } from './mnist.ts';
import { requirePath, withHome } from './paths.ts';
import {
  type Channels,
  type DataConfig,
  deliveredInput,
  deliveredShape,
  type StoredShape,
  uniformShapes,
} from './shape.ts';
import { noneSkipped } from './skip-list.ts';
import { noneReadable, type Unreadable } from './sources/source.ts';
import { type StoredSource, sourceOf } from './sources/source-of.ts';
import { stackedClassNames, stackedCount, stackedShape } from './stacked-digits.ts';
import { readValues } from './unpack.ts';

export interface DataFacts {
  readonly format: 'digits' | 'idx' | 'stacked-mnist' | StoredSource;
  /** Number of images; Infinity for digits; estimated for large archives. */
  readonly size: number;
  /** Stored size of the first image, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Stored channels of the first image: 1 grey, 3 RGB, 4 RGBA. */
  readonly storedChannels: Channels;
  readonly mixedSizes: boolean;
  readonly mixedChannels: boolean;
  /** What the model will get: squares of this many pixels a side … */
  readonly imageSize: number;
  /** … with this many channels. */
  readonly channels: Channels;
  /** Channels of what image-to-image translates from; 0 where it was not asked for. */
  readonly inputChannels: number;
  /** In label order; null without labels. */
  readonly classNames: readonly string[] | null;
  /** Why there are no labels although the files seem to have some. */
  readonly lostLabels: LostLabels | null;
  /** Files that are no images; damaged images as far as headers were read. */
  readonly skipped: Unreadable;
  /** On disk, of the files that are read; 0 for digits; estimated for folders of many images. */
  readonly bytes: number;
  /** False for a known dataset that training will download first. */
  readonly present: boolean;
}

export interface InspectOptions {
  /** Whether image-to-image's inputs are wanted (`data.input`). Default: false. */
  readonly inputs?: boolean;
}

/** @throws UserError if `openDataset` would; damage that only decoding shows is not found. */
export async function inspectData(config: DataConfig, { inputs = false }: InspectOptions = {}): Promise<DataFacts> {
  const data = withHome(config);
  inputFolderOf(data, inputs);
  const made = inputPlan(data, inputs, null)?.channels ?? 0;
  switch (data.source) {
    case 'digits':
      return { ...digits(data), inputChannels: made };
    case 'mnist':
    case 'fashion-mnist':
      return { ...(await known(knownDatasets[data.source], data)), inputChannels: made };
    case 'stacked-mnist':
      return { ...(await stackedMnist(data)), inputChannels: made };
    case 'idx': {
      const images = requirePath(data);
      return {
        ...(await idx({ name: images, images, labels: data.labels, classNames: null }, data)),
        inputChannels: made,
      };
    }
    case 'folder':
    case 'tar':
    case 'zip':
    case 'table':
    case 'npz':
    case 'cifar-10':
      return stored(data.source, data, inputs);
  }
}

type Facts = Omit<DataFacts, 'inputChannels'>;

function digits(data: DataConfig): Facts {
  const imageSize = data.imageSize ?? defaultDigitSize;
  return {
    ...uniform({ width: imageSize, height: imageSize, channels: 1 }),
    format: 'digits',
    size: Number.POSITIVE_INFINITY,
    imageSize,
    channels: data.channels ?? 1,
    classNames: digitClassNames,
    bytes: 0,
    present: true,
  };
}

async function known(dataset: KnownDataset, data: DataConfig): Promise<Facts> {
  const files = await findKnown(dataset, data.path);
  if (files) return idx(files, data);
  const { imageSize: side, size, classNames, title } = dataset;
  const first = { file: title, width: side, height: side, channels: 1 } as const;
  return {
    ...uniform(first),
    ...deliveredShape(title, uniformShapes(first), data),
    format: 'idx',
    size,
    classNames,
    bytes: Object.values(dataset.files).reduce((sum, file) => sum + file.bytes, 0),
    present: false,
  };
}

async function idx(files: IdxFiles, data: DataConfig): Promise<Facts> {
  const { images, labels } = await readIdxHeaders(files);
  const shapes = idxShapes(images);
  return {
    ...uniform(shapes.first),
    ...deliveredShape(files.images, shapes, data),
    format: 'idx',
    size: images.count,
    classNames: labels && (files.classNames ?? numberedClasses(await readValues(labels, {}))),
    bytes: images.fileBytes + (labels?.fileBytes ?? 0),
    present: true,
  };
}

async function stackedMnist(data: DataConfig): Promise<Facts> {
  const single = await known(knownDatasets.mnist, { ...data, channels: null });
  return {
    ...single,
    ...stackedShape(single.width, data),
    storedChannels: 3,
    format: 'stacked-mnist',
    size: stackedCount,
    classNames: stackedClassNames,
  };
}

/** Headers read: enough to see a mixture, few enough to answer while someone types. */
const sampleSize = 256;

async function stored(kind: StoredSource, data: DataConfig, inputs: boolean): Promise<DataFacts> {
  const source = await sourceOf(kind, data, inputs, true);
  const { count, classNames, lostLabels = null, leftOut = noneSkipped, bytes } = await source.contents({});
  const { shapes, inputs: inputShapes, unreadable } = await source.headers(sampleSize, {});
  if (!shapes) throw noneReadable(source.name, unreadable);
  const image = deliveredShape(source.name, shapes, data);
  const inputFolder = inputFolderOf(data, inputs);
  const ofInput = inputFolder && inputShapes && deliveredInput(inputFolder, inputShapes, image, data);
  return {
    ...uniform(shapes.first),
    ...image,
    inputChannels: inputPlan(data, inputs, ofInput ? ofInput.channels : null)?.channels ?? 0,
    mixedSizes: shapes.otherSize !== null,
    mixedChannels: shapes.otherChannels !== null,
    format: kind,
    // All headers of a small dataset have been read.
    size: count <= sampleSize ? count - unreadable.count : count,
    classNames,
    lostLabels,
    skipped: { count: leftOut.count + unreadable.count, first: leftOut.listed[0] ?? unreadable.first },
    bytes,
    present: true,
  };
}

const uniform = ({ width, height, channels }: StoredShape) => ({
  width,
  height,
  storedChannels: channels,
  mixedSizes: false,
  mixedChannels: false,
  lostLabels: null,
  skipped: { count: 0, first: null },
});
