/** Which columns of a table hold the images and their labels. */
import { UserError } from '../../../terms/errors.ts';
import { few } from '../../../terms/names.ts';
import type { ImageColumns, PixelColumns } from './chosen-columns.ts';
import { pixelColumns } from './pixel-columns.ts';
import type { TableFile } from './table-file.ts';

/** Names of the columns, as `data.columns` gives them; null to take the usual ones. */
export interface ColumnNames {
  readonly image: string | null;
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

/**
 * A column of images if there is one, else columns of pixels.
 * @throws UserError if there is neither, or a column that was asked for is not there.
 */
export function chooseColumns(table: TableFile, asked: ColumnNames): ImageColumns | PixelColumns {
  const image = chosen(table, asked, 'image', imageColumns);
  const label = chosen(table, asked, 'label', labelColumns);
  if (image !== null) return { image, label };
  const pixels = pixelColumns(table, label);
  if (pixels !== null) return pixels;
  const { path, columns } = table;
  throw new UserError(
    'data/no-column',
    `${path} has no column named image, path or filename (but ${few(columns) || 'none'}), and its columns are not the ` +
      'pixels of a square (k² or 3k² of numbers, and at most one of labels): name the one that holds the images in ' +
      'data.columns.image.',
    { subject: { path } },
  );
}

function chosen(
  { path, columns }: TableFile,
  asked: ColumnNames,
  key: keyof ColumnNames,
  usual: readonly string[],
): string | null {
  const name = asked[key];
  if (name === null) {
    const known = usual.find((word) => columns.some((column) => column.toLowerCase() === word));
    return columns.find((column) => column.toLowerCase() === known) ?? null;
  }
  if (columns.includes(name)) return name;
  throw new UserError(
    'data/no-column',
    `${path} has no column named ${name} (but ${few(columns)}): correct data.columns.`,
    { subject: { key: ['data', 'columns', key] } },
  );
}
