/** What a dataset is, from names and headers alone: nothing is decoded and no native code is loaded. */
import { defaultDigitSize, digitClassNames } from './digits/digits.ts';
import { stackedClassNames, stackedCount, stackedShape } from './digits/stacked-digits.ts';
import type { DataFacts, StoredImages } from './facts.ts';
import { type IdxFiles, idxShapes, numberedClasses, readIdxHeaders } from './idx/idx.ts';
import { inputFolderOf, inputPlan } from './input.ts';
import { type KnownDataset, knownDatasets } from './known/datasets.ts';
import { findKnown } from './known/mnist.ts';
import { requirePath, withHome } from './paths.ts';
import {
  type Channels,
  type DataConfig,
  type DeliveredShape,
  deliveredInput,
  deliveredShape,
  type StoredShape,
  uniformShapes,
} from './shape.ts';
import { noneSkipped } from './skip-list.ts';
import { inspectPoints } from './sources/points/points.ts';
import { noneReadable } from './sources/source.ts';
import { type StoredSource, sourceOf } from './sources/source-of.ts';
import { readValues } from './unpack.ts';

export { watchedPath } from './paths.ts';
export { describeRange } from './sources/numbers/pixel-range.ts';

export interface InspectOptions {
  /** Whether image-to-image's inputs are wanted (`data.input`). Default: false. */
  readonly inputs?: boolean;
}

/** @throws UserError if `openDataset` would; damage that only decoding shows is not found. */
export async function inspectData(config: DataConfig, { inputs = false }: InspectOptions = {}): Promise<DataFacts> {
  const data = withHome(config);
  inputFolderOf(data, inputs);
  const withMadeInput = (facts: ImageFacts) => delivered(facts, inputPlan(data, inputs, null)?.channels ?? null);
  switch (data.source) {
    case 'digits':
      return withMadeInput(digits(data));
    case 'mnist':
    case 'fashion-mnist':
      return withMadeInput(await known(knownDatasets[data.source], data));
    case 'stacked-mnist':
      return withMadeInput(await stackedMnist(data));
    case 'idx': {
      const images = requirePath(data);
      return withMadeInput(await idx({ name: images, images, labels: data.labels, classNames: null }, data));
    }
    case 'points':
      return inspectPoints(data);
    default:
      return stored(data.source, data, inputs);
  }
}

type ImageFacts = Omit<DataFacts, 'modality' | 'shape' | 'sourceShape'> &
  DeliveredShape & { readonly stored: StoredImages };

/** With shapes for sizes. @param inputChannels of what image-to-image translates from; null where not asked for. */
function delivered({ imageSize, channels, ...facts }: ImageFacts, inputChannels: Channels | null): DataFacts {
  return {
    ...facts,
    modality: 'images',
    shape: [imageSize, imageSize, channels],
    sourceShape: inputChannels && [imageSize, imageSize, inputChannels],
  };
}

function digits(data: DataConfig): ImageFacts {
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

async function known(dataset: KnownDataset, data: DataConfig): Promise<ImageFacts> {
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

async function idx(files: IdxFiles, data: DataConfig): Promise<ImageFacts> {
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

async function stackedMnist(data: DataConfig): Promise<ImageFacts> {
  const single = await known(knownDatasets.mnist, { ...data, channels: null });
  return {
    ...single,
    ...stackedShape(single.stored.width, data),
    stored: { ...single.stored, channels: 3 },
    format: 'stacked-mnist',
    size: stackedCount,
    classNames: stackedClassNames,
  };
}

/** Headers read: enough to see a mixture, few enough to answer while someone types. */
const SAMPLE_SIZE = 256;

async function stored(kind: StoredSource, data: DataConfig, inputs: boolean): Promise<DataFacts> {
  const source = await sourceOf(kind, data, inputs, true);
  const {
    count,
    classNames,
    lostLabels = null,
    leftOut = noneSkipped,
    values = null,
    bytes,
  } = await source.contents({});
  const { shapes, inputs: inputShapes, unreadable } = await source.headers(SAMPLE_SIZE, {});
  if (!shapes) throw noneReadable(source.name, unreadable);
  const image = deliveredShape(source.name, shapes, data);
  const inputFolder = inputFolderOf(data, inputs);
  const ofInput = inputFolder && inputShapes && deliveredInput(inputFolder, inputShapes, image, data);
  const { width, height, channels } = shapes.first;
  const mixed = { mixedSizes: shapes.otherSize !== null, mixedChannels: shapes.otherChannels !== null };
  const facts: ImageFacts = {
    ...image,
    stored: { width, height, channels, ...mixed, values },
    format: kind,
    // All headers of a small dataset have been read.
    size: count <= SAMPLE_SIZE ? count - unreadable.count : count,
    classNames,
    lostLabels,
    skipped: { count: leftOut.count + unreadable.count, first: leftOut.listed[0] ?? unreadable.first },
    bytes,
    present: true,
  };
  return delivered(facts, inputPlan(data, inputs, ofInput ? ofInput.channels : null)?.channels ?? null);
}

const uniform = ({ width, height, channels }: StoredShape) => ({
  stored: { width, height, channels, mixedSizes: false, mixedChannels: false, values: null },
  lostLabels: null,
  skipped: { count: 0, first: null },
});
