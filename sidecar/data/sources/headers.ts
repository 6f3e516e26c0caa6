/** Headers of many image files. */
import { forEachIndex } from '../concurrency.ts';
import { readImageHeader } from '../image-header.ts';
import type { StoredShape } from '../shape.ts';
import { type ScanOptions, ShapeCollector } from './source.ts';
import { fileAt } from './tables/cell-paths.ts';

/** Opened at once. */
const headersAtOnce = 16;

/** A part at a time, so that a million headers are never held at once. */
const PART = 4096;

/** Of the chosen ones of `files`, whose paths are relative to `folder`, into the collector. */
export async function readHeaders(
  folder: string,
  chosen: readonly number[],
  files: readonly string[],
  { signal, progress }: ScanOptions,
  collector = new ShapeCollector(),
): Promise<ShapeCollector> {
  for (let start = 0; start < chosen.length; start += PART) {
    const names = chosen.slice(start, start + PART).map((i) => files[i]!);
    const found: (StoredShape | Error)[] = new Array(names.length);
    await forEachIndex(names.length, headersAtOnce, async (i) => {
      signal?.throwIfAborted();
      found[i] = await Promise.resolve(names[i]!)
        .then((name) => readImageHeader(fileAt(folder, name)))
        .catch((error: Error) => error);
    });
    found.forEach((shape, i) => {
      if (shape instanceof Error) collector.addUnreadable(names[i]!, shape);
      else collector.add(names[i]!, shape);
    });
    progress?.(start + names.length, chosen.length, `Reading image headers in ${folder}`);
  }
  return collector;
}
