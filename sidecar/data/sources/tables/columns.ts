/** Which columns of a table hold the images and their labels. */
import { UserError } from '../../../errors.ts';
import { few } from '../../../terms/few.ts';

/** Names of the columns, as `data.columns` gives them; null to take the usual ones. */
export interface ColumnNames {
  readonly image: string | null;
  readonly label: string | null;
}

/** Of a table whose images are files. */
export interface ImageColumns {
  readonly image: string;
  readonly label: string | null;
}

/** Names that people give these columns, most telling first; compared in small letters. */
const imageColumns = [
  'image',
  'images',
  'path',
  'file',
  'filename',
  'file_name',
  'filepath',
  'file_path',
  'image_path',
  'img',
];
const labelColumns = ['label', 'labels', 'class', 'category', 'target', 'y', 'fine_label'];

/** @throws UserError if the column of images, or one that was asked for, is not there. */
export function chooseColumns(path: string, found: readonly string[], asked: ColumnNames): ImageColumns {
  const choose = (name: string | null, usual: readonly string[]): string | null => {
    if (name === null) {
      const known = usual.find((word) => found.some((column) => column.toLowerCase() === word));
      return found.find((column) => column.toLowerCase() === known) ?? null;
    }
    if (found.includes(name)) return name;
    throw new UserError(
      'data/no-column',
      `${path} has no column named ${name} (but ${few(found)}): correct data.columns.`,
    );
  };
  const image = choose(asked.image, imageColumns);
  if (image !== null) return { image, label: choose(asked.label, labelColumns) };
  throw new UserError(
    'data/no-column',
    `${path} has no column named image, path or filename (but ${few(found) || 'none'}): ` +
      'name the one that holds the images in data.columns.image.',
  );
}
