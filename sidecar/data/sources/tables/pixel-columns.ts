/** Tables with a column for each pixel: which columns are pixels, and which one the label. */
import { UserError } from '../../../terms/errors.ts';
import { few, printable } from '../../../terms/names.ts';
import { flatLayout } from '../numbers/layout.ts';
import type { PixelColumns } from './chosen-columns.ts';
import type { TableFile } from './table-file.ts';

/** Fewer pixels a side are no picture that anyone trains on; such numbers are rather attributes of something. */
const SMALLEST_SIDE = 8;

/** Names of columns that count rows: pandas writes the first three. */
const isRowNumber = (name: string) => /^(|unnamed: 0|__index_level_\d+__|index|id)$/i.test(name);

/**
 * @param label the column of labels by what is asked for or by a usual name, or null to look for one.
 * @returns null where the columns are no pixels.
 * @throws UserError where one of them must be the label, and nothing tells which.
 */
export function pixelColumns(
  { path, columns, numeric, hasHeader, classes }: TableFile,
  label: string | null,
): PixelColumns | null {
  if (label !== null) return squareOf(columns, numeric, label);
  const whole = squareOf(columns, numeric, null);
  if (whole) return whole;
  const texts = columns.filter((_, i) => !numeric[i]);
  if (texts.length > 1) return null;
  const [text] = texts;
  if (text !== undefined) return squareOf(columns, numeric, text);
  // Pixels are numbered.
  const unnumbered = columns.filter((name) => !/\d/.test(name) && !isRowNumber(name));
  const [only] = unnumbered;
  if (only !== undefined && unnumbered.length === 1) return squareOf(columns, numeric, only);
  if (classes !== null) return squareOf(columns, numeric, classes);
  const [first = '', last = ''] = [columns[0], columns.at(-1)];
  if (squareOf(columns, numeric, first) === null) return null;
  throw new UserError(
    'data/no-label-column',
    `${path} has ${columns.length} columns of numbers${hasHeader ? '' : ' and no names for them'}, one of which is ` +
      `the label: name it in data.columns.label ("${printable(first)}" is the first, "${printable(last)}" the last).`,
    { subject: { path } },
  );
}

/** All columns but the label, if they are numbers and as many as a square has; row numbers are left out if need be. */
function squareOf(columns: readonly string[], numeric: readonly boolean[], label: string | null): PixelColumns | null {
  const others = columns.filter((name) => name !== label);
  if (columns.some((name, i) => name !== label && !numeric[i])) return null;
  for (const pixels of [others, others.filter((name) => !isRowNumber(name))]) {
    const layout = flatLayout(pixels.length);
    if (layout && layout.height >= SMALLEST_SIDE) return { pixels, label, layout };
  }
  return null;
}

/** @throws UserError if two columns have one name. */
export function requireDistinct(path: string, { pixels }: PixelColumns): void {
  const seen = new Set<string>();
  const twice = pixels.filter((name) => seen.has(name) || !seen.add(name));
  if (twice.length === 0) return;
  throw new UserError(
    'data/bad-table',
    `${path} has columns of the same name (${few(twice)}): name each differently.`,
    { subject: { path } },
  );
}
