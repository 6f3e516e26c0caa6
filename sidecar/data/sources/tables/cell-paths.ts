/** Paths of images as a table's cells give them: anything may stand there. */
import { resolve } from 'node:path';
import { UnreadableImage } from '../../image-formats/signature.ts';
import type { StoredImage } from '../source.ts';

const ADDRESS = /^[a-z][a-z0-9+.-]+:\/\//i;

/** Why no file can have this path, or null. */
export function pathTrouble(path: string): string | null {
  if (ADDRESS.test(path)) return 'is an address: download the images first';
  return path.includes('\0') ? 'its path holds a NUL character' : null;
}

/** The image of a cell; a path that no file can have is an image whose content could not be had. */
export function imageAt(folder: string, path: string): StoredImage {
  const damage = pathTrouble(path);
  if (damage !== null) return { name: path, image: { bytes: new Uint8Array() }, damage };
  return { name: path, image: { path: resolve(folder, path) } };
}

/** The file of a cell. @throws UnreadableImage where no file can have this path. */
export function fileAt(folder: string, path: string): string {
  const trouble = pathTrouble(path);
  if (trouble !== null) throw new UnreadableImage(trouble);
  return resolve(folder, path);
}
