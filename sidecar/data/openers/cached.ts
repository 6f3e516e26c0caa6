/** Datasets of image files, archives, arrays and tables: decoded once into the cache, read from there. */

import { type BuildOptions, cachedImages } from '../cache/image-cache.ts';
import { recordBytesOf } from '../cache/image-file.ts';
import type { Dataset } from '../dataset.ts';
import { inputFolderOf, inputPlan } from '../input.ts';
import { type DataConfig, deliveredInput, deliveredShape } from '../shape.ts';
import { type ImageSource, noneReadable } from '../sources/source.ts';
import type { DecodeRule } from '../worker/messages.ts';
import { workerDataset } from '../worker/worker-dataset.ts';
import { fileRecords } from './idx.ts';

export interface CachedOptions extends BuildOptions {
  /** Whether batches have inputs. */
  readonly inputs: boolean;
}

/**
 * Damaged images and other files are left out, listed in `info.skipped` and logged.
 * @throws UserError if none is whole, or they do not fit `data.resize`.
 */
export async function openCached(source: ImageSource, data: DataConfig, options: CachedOptions): Promise<Dataset> {
  const { imageSize, channels, resize } = data;
  const inputFolder = inputFolderOf(data, options.inputs);
  const wishes = [imageSize, channels, resize, inputFolder];
  const ruleOf = () => decodeRule(source, data, inputFolder, options);
  const { path, head, labels } = await cachedImages(source, wishes, ruleOf, options);
  const { count: size, image, input, classNames } = head;
  const skipped = [...head.leftOut.listed, ...head.skipped.listed];
  const { records, release } = await fileRecords(path, 0, recordBytesOf(head));
  return workerDataset({
    info: { name: source.name, size, ...image, classNames, skipped },
    images: { kind: 'ready', records },
    input: inputPlan(data, options.inputs, input?.channels ?? null),
    augment: data.augment,
    labels,
    release,
  });
}

async function decodeRule(
  source: ImageSource,
  data: DataConfig,
  inputFolder: string | null,
  options: BuildOptions,
): Promise<DecodeRule> {
  const { imageSize, channels, resize } = data;
  if (imageSize !== null && channels !== null && resize !== 'refuse' && inputFolder === null) {
    return { image: { imageSize, channels }, input: null, resize };
  }
  const { shapes, inputs, unreadable } = await source.headers(Number.POSITIVE_INFINITY, options);
  if (!shapes) throw noneReadable(source.name, unreadable);
  const image = deliveredShape(source.name, shapes, data);
  if (inputFolder === null) return { image, input: null, resize };
  if (!inputs) throw noneReadable(inputFolder, { count: unreadable.count, first: null });
  return { image, input: deliveredInput(inputFolder, inputs, image, data), resize };
}
