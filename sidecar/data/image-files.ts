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
  const tops = files.map((file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : ''));
  const classNames = [...new Set(tops)];
  if (tops.includes('') || classNames.length < 2) return { files, labels: null, classNames: null };
  const numbers = new Map(classNames.map((name, number) => [name, number]));
  return { files, labels: Int32Array.from(tops, (top) => numbers.get(top)!), classNames };
}

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
      if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
      const relative = inside === '' ? entry.name : `${inside}/${entry.name}`;
      const kind = entry.isSymbolicLink() ? await stat(join(root, relative)).catch(() => null) : entry;
      if (kind?.isDirectory()) await walk(root, relative, found, signal);
      else if (kind?.isFile() && imageExtensions.has(extname(entry.name).toLowerCase())) found.images.push(relative);
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
