/** Datasets in IDX files: images, and labels beside them if there are any. */
import { basename } from 'node:path';
import { UserError } from '../errors.ts';
import type { Dataset } from './dataset.ts';
import { type IdxHeader, imagesMagic, labelsMagic, readIdxHeader } from './idx-header.ts';
import { writeUnitPixels } from './pixels.ts';
import { fileRecords, memoryRecords, type Records } from './records.ts';
import { greyResampler } from './resample.ts';
import { type DataConfig, deliveredShape, type ShapeSummary } from './shape.ts';
import { readValues, type UnpackOptions, unpackedFile } from './unpack.ts';

export interface IdxFiles {
  /** What people call the dataset. */
  readonly name: string;
  readonly images: string;
  readonly labels: string | null;
  /** In label order; null to name the classes by their numbers. */
  readonly classNames: readonly string[] | null;
}

export interface IdxOptions extends UnpackOptions {
  /** Images larger than this many bytes in all stay on disk and are read batch by batch. */
  readonly memoryLimit: number;
}

/** @throws UserError as `readIdxHeader`, or if there are not as many labels as images. */
export async function openIdx(files: IdxFiles, data: DataConfig, options: IdxOptions): Promise<Dataset> {
  const { images, labels } = await readIdxHeaders(files);
  const { imageSize, channels } = deliveredShape(files.images, idxShapes(images), data);
  const [, height = 0, width = 0] = images.dimensions;
  const resample = greyResampler(width, height, imageSize, data.resize);
  const classes = labels && Int32Array.from(await readValues(labels, options));
  const records = await openRecords(images, options);
  const pixels = imageSize * imageSize * channels;
  return {
    info: {
      name: files.name,
      size: images.count,
      imageSize,
      channels,
      classNames: classes && (files.classNames ?? numberedClasses(classes)),
      skipped: [],
    },
    async read(indices) {
      const bytes = await records.gather(indices);
      const out = new Float32Array(indices.length * pixels);
      for (let i = 0; i < indices.length; i++) {
        const stored = bytes.subarray(i * images.recordBytes, (i + 1) * images.recordBytes);
        writeUnitPixels(resample(stored), channels, out, i * pixels);
      }
      return { images: out, labels: classes && Int32Array.from(indices, (index) => classes[index]!) };
    },
    close: () => records.close(),
  };
}

/** Both headers, checked against each other. */
export async function readIdxHeaders(files: IdxFiles): Promise<{ images: IdxHeader; labels: IdxHeader | null }> {
  const images = await readIdxHeader(files.images, imagesMagic);
  const labels = files.labels === null ? null : await readIdxHeader(files.labels, labelsMagic);
  if (labels && labels.count !== images.count) {
    throw new UserError(
      'data/label-count',
      `${labels.path} holds ${labels.count} labels for the ${images.count} images of ${basename(images.path)}: ` +
        'name the labels file that belongs to these images.',
    );
  }
  return { images, labels };
}

export function idxShapes(images: IdxHeader): ShapeSummary {
  const [, height = 0, width = 0] = images.dimensions;
  const first = { file: basename(images.path), width, height, channels: 1 } as const;
  return { first, otherSize: null, otherChannels: null, allAlpha: false, anyColour: false };
}

/** "0", "1", … up to the largest label. */
export function numberedClasses(labels: Iterable<number>): string[] {
  let largest = 0;
  for (const label of labels) largest = Math.max(largest, label);
  return Array.from({ length: largest + 1 }, (_, label) => String(label));
}

async function openRecords(images: IdxHeader, options: IdxOptions): Promise<Records> {
  if (images.totalBytes <= options.memoryLimit) {
    return memoryRecords(await readValues(images, options), images.recordBytes);
  }
  const path = images.gzipped ? await unpackedFile(images, options) : images.path;
  return fileRecords(path, images.start, images.recordBytes);
}
