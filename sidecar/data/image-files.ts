/** Which files of a folder are the dataset's images, and what class each belongs to. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { UserError } from '../errors.ts';
import { explainFileError, statAs } from './files.ts';

export interface ImageFiles {
  /** Paths relative to the folder, with /, sorted by code unit so that every machine agrees. */
  readonly files: readonly string[];
  /** The class of each file, or null. */
  readonly labels: Int32Array | null;
  readonly classNames: readonly string[] | null;
}

const imageExtensions = new Set(['.png', '.jpg', '.jpeg', '.webp']);

/**
 * Lists PNG, JPEG and WebP files at any depth, hidden ones left out. When all of them lie in
 * sub-folders of which at least two hold images, each sub-folder is a class; otherwise there are no labels.
 * @throws UserError if the folder is absent, may not be read, or holds no image.
 */
export async function listImageFiles(folder: string, signal?: AbortSignal): Promise<ImageFiles> {
  await statAs('folder', folder);
  const found: Found = { images: [], other: null, seen: new Set() };
  await walk(folder, '', found, signal);
  const files = found.images.sort((a, b) => (a < b ? -1 : 1));
  if (files.length === 0) throw noImages(folder, found.other);
  return { files, ...imageClasses(files) };
}

/** The classes of relative paths: their first folders, if all lie in one and there are at least two. */
export function imageClasses(files: readonly string[]): Pick<ImageFiles, 'labels' | 'classNames'> {
  const top = (file: string) => file.slice(0, Math.max(0, file.indexOf('/')));
  const numbers = new Map<string, number>();
  for (const file of files) numbers.set(top(file), 0);
  if (numbers.has('') || numbers.size < 2) return { labels: null, classNames: null };
  const classNames = [...numbers.keys()].sort((a, b) => (a < b ? -1 : 1));
  classNames.forEach((name, number) => {
    numbers.set(name, number);
  });
  return { labels: Int32Array.from(files, (file) => numbers.get(top(file))!), classNames };
}

/** By its name, whether a file can be an image. */
export const isImageName = (name: string): boolean => imageExtensions.has(extname(name).toLowerCase());

/** Files and folders that are no one's images: hidden ones, and what macOS adds to archives. */
export const isHidden = (name: string): boolean => name.startsWith('.') || name === '__MACOSX';

interface Found {
  readonly images: string[];
  /** A file that is no image, for the message. */
  other: string | null;
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
      const kind = entry.isSymbolicLink() ? await stat(join(root, relative)).catch(() => null) : entry;
      if (kind?.isDirectory()) await walk(root, relative, found, signal);
      else if (kind?.isFile() && isImageName(entry.name)) found.images.push(relative);
      else found.other ??= relative;
    }
  } catch (error) {
    throw explainFileError(error, path);
  }
}

function noImages(folder: string, other: string | null): UserError {
  return other === null
    ? new UserError('data/empty-folder', `${folder} is empty: put PNG, JPEG or WebP images into it.`)
    : new UserError(
        'data/no-images',
        `${folder} holds no PNG, JPEG or WebP image (but for example ${other}): convert the images or name another folder.`,
      );
}
