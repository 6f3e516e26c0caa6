/** What a dataset is, from names and headers alone: nothing is decoded and no native code is loaded. */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { forEachIndex } from './concurrency.ts';
import { defaultDigitSize, digitClassNames } from './digits.ts';
import { statAs } from './files.ts';
import { type IdxFiles, idxShapes, numberedClasses, readIdxHeaders } from './idx.ts';
import { listImageFiles } from './image-files.ts';
import { readImageHeader } from './image-header.ts';
import { type KnownDataset, knownDatasets } from './known-datasets.ts';
import { findKnown } from './mnist.ts';
import { requirePath, withHome } from './paths.ts';
import { type Channels, type DataConfig, deliveredShape, type StoredShape, summarizeShapes } from './shape.ts';
import { readValues } from './unpack.ts';

export interface DataFacts {
  readonly format: 'digits' | 'idx' | 'folder';
  /** Number of images; Infinity for digits. */
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
  /** In label order; null without labels. */
  readonly classNames: readonly string[] | null;
  /** On disk, of the files that are read; 0 for digits; estimated for folders of many images. */
  readonly bytes: number;
  /** False for a known dataset that training will download first. */
  readonly present: boolean;
}

/** @throws UserError if `openDataset` would; damage that only decoding shows is not found. */
export async function inspectData(config: DataConfig): Promise<DataFacts> {
  const data = withHome(config);
  switch (data.source) {
    case 'digits':
      return digits(data);
    case 'mnist':
    case 'fashion-mnist':
      return known(knownDatasets[data.source], data);
    case 'idx': {
      const images = requirePath(data);
      return idx({ name: images, images, labels: data.labels, classNames: null }, data);
    }
    case 'folder':
      return folder(requirePath(data), data);
  }
}

function digits(data: DataConfig): DataFacts {
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

async function known(dataset: KnownDataset, data: DataConfig): Promise<DataFacts> {
  const files = await findKnown(dataset, data.path);
  if (files) return idx(files, data);
  const { imageSize: side, size, classNames, title } = dataset;
  const first = { file: title, width: side, height: side, channels: 1 } as const;
  return {
    ...uniform(first),
    ...deliveredShape(title, summarizeShapes([first])!, data),
    format: 'idx',
    size,
    classNames,
    bytes: Object.values(dataset.files).reduce((sum, file) => sum + file.bytes, 0),
    present: false,
  };
}

async function idx(files: IdxFiles, data: DataConfig): Promise<DataFacts> {
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

/** Headers read of a folder: enough to see a mixture, few enough to answer while someone types. */
const sampleSize = 256;

async function folder(path: string, data: DataConfig): Promise<DataFacts> {
  const { files, classNames } = await listImageFiles(path);
  const count = Math.min(sampleSize, files.length);
  const found: (StoredShape & { file: string })[] = [];
  let bytes = 0;
  await forEachIndex(count, 16, async (i) => {
    const file = files[Math.floor((i * files.length) / count)]!;
    const header = await readImageHeader(join(path, file)).catch(() => null);
    if (header) found.push({ ...header, file });
    const { size } = await statAs('file', join(path, file));
    bytes += size;
  });
  const shapes = summarizeShapes(found.sort((a, b) => (a.file < b.file ? -1 : 1)));
  if (!shapes) {
    throw new UserError(
      'data/no-readable-image',
      `${path} holds no readable image (${files[0]} and others are damaged): replace the damaged files.`,
    );
  }
  return {
    ...uniform(shapes.first),
    ...deliveredShape(path, shapes, data),
    mixedSizes: shapes.otherSize !== null,
    mixedChannels: shapes.otherChannels !== null,
    format: 'folder',
    size: files.length,
    classNames,
    bytes: Math.round((bytes / count) * files.length),
    present: true,
  };
}

const uniform = ({ width, height, channels }: StoredShape) => ({
  width,
  height,
  storedChannels: channels,
  mixedSizes: false,
  mixedChannels: false,
});
