/** IDX files that belong together: images, and labels beside them if there are any. */
import { basename } from 'node:path';
import { UserError } from '../../terms/errors.ts';
import { type ShapeSummary, uniformShapes } from '../shape.ts';
import { type IdxHeader, imagesMagic, labelsMagic, readIdxHeader } from './header.ts';

export interface IdxFiles {
  /** What people call the dataset. */
  readonly name: string;
  readonly images: string;
  readonly labels: string | null;
  /** In label order; null to name the classes by their numbers. */
  readonly classNames: readonly string[] | null;
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
      { subject: { path: labels.path } },
    );
  }
  return { images, labels };
}

export function idxShapes(images: IdxHeader): ShapeSummary {
  const [, height = 0, width = 0] = images.dimensions;
  return uniformShapes({ file: basename(images.path), width, height, channels: 1 });
}

/** "0", "1", … up to the largest label. */
export function numberedClasses(labels: Iterable<number>): string[] {
  let largest = 0;
  for (const label of labels) largest = Math.max(largest, label);
  return Array.from({ length: largest + 1 }, (_, label) => String(label));
}
