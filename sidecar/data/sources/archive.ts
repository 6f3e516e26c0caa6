/** What tar and zip archives have in common. */
import { UserError } from '../../terms/errors.ts';

/** A larger file in an archive is no image to train on, and would have to be held in memory. */
export const largestImage = 256 * 2 ** 20;

export const tooLarge = 'larger than 256 MiB';

/**
 * An archive's name for a file as a relative path with /, or the reason why it can be none. Nothing is
 * ever written by these names; but they are shown to people, and folders in them are classes.
 */
export function entryPath(raw: string): { readonly path: string } | { readonly refusal: string } {
  const path = raw.replace(/^[A-Za-z]:(?=[/\\])/, '').replace(/^(\.?\/)+/, '');
  if (path.includes('\0')) return { refusal: 'a NUL byte in its name' };
  if (path.split('/').includes('..')) return { refusal: 'its name leads out of the archive' };
  if (path === '') return { refusal: 'it has no name' };
  return { path };
}

/** @throws UserError always. */
export const emptyFile = (path: string): UserError =>
  new UserError('data/empty-file', `${path} is empty: download or copy it again.`, { subject: { path } });
