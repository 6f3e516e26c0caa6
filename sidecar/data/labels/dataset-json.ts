/**
 * The labels of StyleGAN's datasets: `dataset.json` beside the images, {"labels": [["00000/img0.png", 6], …]},
 * or null where there are none (Karras et al. 2021, dataset_tool.py).
 */
import { posix } from 'node:path';
import { type Labelling, labelledBy, lostLabels, unlabelled } from './labelling.ts';

/** 1.3 million labels take some 50 MB. */
export const largestDatasetJson = 2 ** 28;

export const isDatasetJson = (file: string): boolean => posix.basename(file) === 'dataset.json';

/** Of several such files, that of the outermost folder speaks for all images. */
export const outermost = (files: readonly string[]): string | null =>
  files.toSorted((a, b) => a.split('/').length - b.split('/').length)[0] ?? null;

/** How StyleGAN numbers images, in folders of a thousand that are no classes. */
const NUMBERED = /(^|\/)\d{5}\/img\d{8}\.[^/]+$/;

/**
 * @param name of the file, whose folder its paths start from.
 * @returns null where it is no such file, or says that there are no labels and folders may be classes.
 */
export function datasetJsonLabels(name: string, content: Uint8Array, files: readonly string[]): Labelling | null {
  const parsed = parse(content);
  if (parsed === null) return lostLabels(`${name} is not a JSON file: write it again`);
  if (typeof parsed.value !== 'object' || parsed.value === null || !('labels' in parsed.value)) return null;
  const { labels } = parsed.value;
  if (labels === null) return files.every((file) => NUMBERED.test(file)) ? unlabelled : null;
  if (!Array.isArray(labels)) return lostLabels(`${name} holds labels that are not a list of [path, number]`);
  const folder = posix.dirname(name);
  const numbers = new Map<string, unknown>();
  for (const label of labels) {
    if (Array.isArray(label) && typeof label[0] === 'string') numbers.set(posix.join(folder, label[0]), label[1]);
  }
  const found = files.map((file) => numbers.get(file));
  const without = found.filter((number) => !Number.isInteger(number)).length;
  if (without === 0) return labelledBy(found.map(String));
  const example = files[found.findIndex((number) => !Number.isInteger(number))];
  return lostLabels(`${name} gives no class number for ${without} of ${files.length} images, ${example} among them`);
}

function parse(content: Uint8Array): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(Buffer.from(content).toString('utf8')) };
  } catch {
    return null;
  }
}
