/** Datasets in IDX files, MNIST among them. */
import { close, open } from 'node:fs';
import { promisify } from 'node:util';
import type { Dataset } from '../dataset.ts';
import { explainFileError } from '../files.ts';
import type { IdxHeader } from '../idx/header.ts';
import { type IdxFiles, idxShapes, numberedClasses, readIdxHeaders } from '../idx/idx.ts';
import { inputPlan } from '../input.ts';
import { type DataConfig, deliveredShape } from '../shape.ts';
import { readValues, type UnpackOptions, unpackedFile } from '../unpack.ts';
import type { GreyShape, RecordsPlan } from '../worker/plan.ts';
import { workerDataset } from '../worker/worker-dataset.ts';

const openFile = promisify(open);
const closeFile = promisify(close);

export interface IdxOptions extends UnpackOptions {
  /** Images larger than this many bytes in all stay on disk and are read batch by batch. */
  readonly memoryLimit: number;
  /** Whether batches have inputs. */
  readonly inputs: boolean;
}

/** @throws UserError as `readIdxHeaders`. */
export async function openIdx(files: IdxFiles, data: DataConfig, options: IdxOptions): Promise<Dataset> {
  const { images, labels } = await readIdxHeaders(files);
  const shape = deliveredShape(files.images, idxShapes(images), data);
  const classes = labels && Int32Array.from(await readValues(labels, options));
  const { records, release } = await openRecords(images, options);
  return workerDataset({
    info: {
      name: files.name,
      size: images.count,
      ...shape,
      classNames: classes && (files.classNames ?? numberedClasses(classes)),
      skipped: [],
    },
    images: { kind: 'grey', records, stored: greyShape(images, data), count: images.count },
    input: inputPlan(data, options.inputs, null),
    augment: data.augment,
    labels: classes,
    release,
  });
}

export function greyShape({ dimensions }: IdxHeader, { resize: rule }: DataConfig): GreyShape {
  const [, height = 0, width = 0] = dimensions;
  return { height, width, rule };
}

export interface OpenRecords {
  readonly records: RecordsPlan;
  readonly release: () => Promise<void>;
}

/** In memory that threads share, or in a file if they are more than the limit. */
export async function openRecords(
  images: IdxHeader,
  options: UnpackOptions & { memoryLimit: number },
): Promise<OpenRecords> {
  const { recordBytes, start } = images;
  if (images.totalBytes <= options.memoryLimit) {
    const bytes = await readValues(images, options);
    return { records: { kind: 'memory', bytes: bytes.buffer, start, recordBytes }, release: async () => {} };
  }
  return fileRecords(images.gzipped ? await unpackedFile(images, options) : images.path, start, recordBytes);
}

/** @throws UserError if the file does not open. */
export async function fileRecords(path: string, start: number, recordBytes: number): Promise<OpenRecords> {
  const descriptor = await openFile(path, 'r').catch((error) => {
    throw explainFileError(error, path);
  });
  // A bare descriptor, since the worker that reads from it would not keep a handle alive.
  return { records: { kind: 'file', descriptor, path, start, recordBytes }, release: () => closeFile(descriptor) };
}
