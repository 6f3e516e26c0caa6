/** Real images to compare with: a training set, and a test set that no training saw. */
import path from 'node:path';
import type { DataConfig } from '../../config/resolved-config.ts';
import type { Dataset } from '../../data/dataset.ts';
import { knownDatasets } from '../../data/known/datasets.ts';
import { openDataset } from '../../data/open.ts';
import { hash, permuted } from '../../data/permutation.ts';
import { type ImageSet, imagesIn } from '../features/image-set.ts';

/** Datasets that a classifier can be trained on, to judge generated images. */
export type Family = 'mnist' | 'fashion-mnist' | 'digits';

/** Real images with their classes. */
export interface RealImages extends ImageSet {
  readonly labels: Int32Array;
}

/** Drawn digits to learn from and to test with; training draws from a place of its own, which its seed decides. */
const DRAWN = { train: 40_000, test: 10_000 } as const;

/** No image is changed or preferred. */
const plain = { resize: 'crop', balanceClasses: false, augment: { flip: false, shift: 0 } } as const;

/**
 * All images of the family at `imageSize` (null: as they are stored), brought there as `data` says.
 * Throws UserError where they are not in `folder`.
 */
export async function readReal(
  family: Family,
  part: 'train' | 'test',
  folder: string,
  data: DataConfig,
  imageSize: number | null,
): Promise<RealImages> {
  const common: DataConfig = { ...data, ...plain, resize: data.resize, imageSize, channels: null };
  if (family === 'digits') {
    const dataset = await openDataset({ ...common, source: 'digits', path: null });
    const first = part === 'train' ? DRAWN.test : 0;
    return readLabelled(
      dataset,
      Array.from({ length: DRAWN[part] }, (_, i) => first + i),
    );
  }
  const { files } = knownDatasets[family];
  const [images, labels] =
    part === 'train' ? [files.trainImages, files.trainLabels] : [files.testImages, files.testLabels];
  const dataset = await openDataset({
    ...common,
    source: 'idx',
    path: path.join(folder, family, images.name),
    labels: path.join(folder, family, labels.name),
  });
  return readLabelled(
    dataset,
    Array.from({ length: dataset.info.size }, (_, i) => i),
  );
}

async function readLabelled(dataset: Dataset, indices: readonly number[]): Promise<RealImages> {
  try {
    const { examples, labels } = await dataset.read(indices);
    if (labels === null) throw new Error(`${dataset.info.name} has no labels`);
    const [size = 0, , channels = 0] = dataset.info.shape;
    return { pixels: examples.data as Float32Array, labels, size, channels };
  } finally {
    await dataset.close();
  }
}

/** `count` of all the images (all where there are fewer), the same for the same seed. */
export function drawn<Images extends ImageSet & { readonly labels?: Int32Array }>(
  images: Images,
  count: number,
  seed: number,
): Images {
  const length = images.size * images.size * images.channels;
  const all = imagesIn(images);
  const chosen = Array.from({ length: Math.min(all, count) }, (_, i) => permuted(i, all, hash(seed, 0x51a7)));
  const pixels = new Float32Array(chosen.length * length);
  for (const [i, from] of chosen.entries()) {
    pixels.set(images.pixels.subarray(from * length, (from + 1) * length), i * length);
  }
  const labels = images.labels && Int32Array.from(chosen, (from) => images.labels![from]!);
  return { ...images, pixels, ...(labels && { labels }) };
}
