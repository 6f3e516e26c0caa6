/** Which files of a folder are the dataset's images, and what class each belongs to. */
import type { Dirent } from 'node:fs';
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { forEachIndex } from './concurrency.ts';
import { explainFileError, statAs } from './files.ts';
import { formatOf, notAnImage, signatureBytes } from './image-formats/signature.ts';
import { isHidden, isImageName, noImages } from './image-names.ts';
import { classFolders } from './labels/class-folders.ts';
import { datasetJsonLabels, isDatasetJson, largestDatasetJson, outermost } from './labels/dataset-json.ts';
import { firstLabelled, type Labelling, lostLabels } from './labels/labelling.ts';
import { classFilesOutsideTar, isClassFile } from './labels/web-dataset.ts';
import { SkipList, type Skipped } from './skip-list.ts';
import { reasonOf } from './sources/source.ts';

export interface ImageFiles extends Labelling {
  /** Paths relative to the folder, with /, sorted by code unit so that every machine agrees. */
  readonly files: readonly string[];
  /** Every other file, but for those of the system. */
  readonly leftOut: Skipped;
}

/** Opened at once. */
const opensAtOnce = 16;

/**
 * Lists image files at any depth by their endings, and others by their content; hidden ones are left out.
 * Labels come from StyleGAN's dataset.json, else from sub-folders.
 * @throws UserError if the folder is absent, may not be read, or holds no image.
 */
export async function listImageFiles(folder: string, signal?: AbortSignal): Promise<ImageFiles> {
  await statAs('folder', folder);
  const found: Found = { images: [], others: [], datasetJsons: [], hasClassFiles: false, odd: [], seen: new Set() };
  await walk(folder, '', found, signal);
  const leftOut = new SkipList();
  const unnamed = await imagesAmong(folder, found.others.sort(byCodeUnit), leftOut, signal);
  for (const [file, reason] of found.odd) leftOut.add(file, reason);
  const files = [...found.images, ...unnamed].sort(byCodeUnit);
  if (files.length === 0) throw noImages(folder, 'folder', leftOut);
  return { files, leftOut, ...(await labelsBeside(folder, files, found)) };
}

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : 1);

interface Found {
  readonly images: string[];
  /** Files whose content tells what they are. */
  readonly others: string[];
  readonly datasetJsons: string[];
  hasClassFiles: boolean;
  /** What is no file, with the reason. */
  readonly odd: [string, string][];
  /** Real paths of folders, so that a link to a parent ends the walk. */
  readonly seen: Set<string>;
}

async function walk(root: string, inside: string, found: Found, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const path = join(root, inside);
  try {
    const real = await realpath(path);
    if (found.seen.has(real)) return;
    found.seen.add(real);
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (isHidden(entry.name)) continue;
      const relative = inside === '' ? entry.name : `${inside}/${entry.name}`;
      const followed = entry.isSymbolicLink() || notUtf8(entry.name);
      const kind = followed ? await stat(join(root, relative)).catch(() => null) : entry;
      if (kind?.isDirectory()) await walk(root, relative, found, signal);
      else if (!kind?.isFile()) found.odd.push([relative, whyNoFile(entry, kind !== null)]);
      else if (isDatasetJson(entry.name)) found.datasetJsons.push(relative);
      else if (isClassFile(entry.name)) found.hasClassFiles = true;
      else (isImageName(entry.name) ? found.images : found.others).push(relative);
    }
  } catch (error) {
    throw explainFileError(error, path);
  }
}

/** Bytes of a name that are no UTF-8 cannot be written back, and the file not be opened. */
const notUtf8 = (name: string) => name.includes('\ufffd');

function whyNoFile(entry: Dirent, exists: boolean): string {
  if (exists) return 'not a regular file';
  return entry.isSymbolicLink() ? 'a link to nothing' : 'its name is not in UTF-8 (rename it)';
}

/** Those files whose first bytes are an image's; the others go on the list. */
async function imagesAmong(
  folder: string,
  files: readonly string[],
  leftOut: SkipList,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const reasons: (string | null)[] = new Array(files.length);
  await forEachIndex(files.length, opensAtOnce, async (i) => {
    signal?.throwIfAborted();
    reasons[i] = await whyNoImage(join(folder, files[i]!)).catch(reasonOf);
  });
  return files.filter((file, i) => {
    const reason = reasons[i] ?? null;
    if (reason !== null) leftOut.add(file, reason);
    return reason === null;
  });
}

async function whyNoImage(path: string): Promise<string | null> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(signatureBytes), 0, signatureBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    return formatOf(head) === null ? notAnImage(head).message : null;
  } finally {
    await file.close();
  }
}

async function labelsBeside(folder: string, files: readonly string[], found: Found): Promise<Labelling> {
  const json = outermost(found.datasetJsons);
  return firstLabelled(
    json === null ? null : await readDatasetJson(folder, json, files),
    classFolders(files),
    found.hasClassFiles ? classFilesOutsideTar : null,
  );
}

async function readDatasetJson(folder: string, name: string, files: readonly string[]): Promise<Labelling | null> {
  const path = join(folder, name);
  try {
    const { size } = await stat(path);
    if (size > largestDatasetJson) return lostLabels(`${name} is too large to be a list of labels`);
    return datasetJsonLabels(name, await readFile(path), files);
  } catch (error) {
    throw explainFileError(error, path);
  }
}
