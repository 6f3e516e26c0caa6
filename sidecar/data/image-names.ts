/** What a file's name tells of it. */
import { extname } from 'node:path';
import { UserError } from '../terms/errors.ts';
import type { Skipped } from './skip-list.ts';

/** Endings of image files, which need not be opened to be listed. */
const imageEndings = ['png', 'jpg', 'jpeg', 'jpe', 'jfif', 'webp', 'gif', 'bmp', 'tif', 'tiff', 'avif'];

/** By its name, whether a file must be an image. */
export const isImageName = (name: string): boolean => imageEndings.includes(extname(name).slice(1).toLowerCase());

const systemFiles = ['thumbs.db', 'ehthumbs.db', 'desktop.ini', 'icon\r', '__macosx', '$recycle.bin', '@eadir'];

/** Files and folders that are no one's images: hidden ones, and what systems add by themselves. */
export const isHidden = (name: string): boolean => name.startsWith('.') || systemFiles.includes(name.toLowerCase());

/** Whether the file, or a folder that it lies in, is hidden. */
export const isHiddenPath = (path: string): boolean => path.split('/').some(isHidden);

/** @throws UserError always: that there is no image, and what there is instead. */
export function noImages(path: string, kind: 'folder' | 'archive', { count, listed }: Skipped): UserError {
  const [first] = listed;
  if (first === undefined) {
    const remedy = kind === 'folder' ? 'put images into it' : 'name another archive, or pack images';
    return new UserError(kind === 'folder' ? 'data/empty-folder' : 'data/no-images', `${path} is empty: ${remedy}.`, {
      subject: { path },
    });
  }
  const others = count === 1 ? 'one other file' : `${count} other files`;
  return new UserError(
    'data/no-images',
    `${path} holds no image but ${others}, for example ${first.file} (${first.reason}): ` +
      `convert the images, or name another ${kind}.`,
    { subject: { path } },
  );
}
