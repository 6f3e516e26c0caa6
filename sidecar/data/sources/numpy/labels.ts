/** Labels as arrays have them: numbers, names, or a row of zeros with a one at the class. */
import { UserError } from '../../../terms/errors.ts';
import { few } from '../../../terms/names.ts';
import { numberedClasses } from '../../idx/idx.ts';
import { classesOf } from '../../labels/classes.ts';
import type { ScanOptions } from '../source.ts';
import type { NumpyArray } from './array-file.ts';
import { checkWhole, records } from './records.ts';

export interface ArrayLabels {
  readonly labels: Int32Array;
  readonly classNames: readonly string[];
}

/** Labels are the same type in files of their own (IDX), and so have the same limit. */
const largestLabel = 65_535;

/** @param count of the images. @throws UserError if there is not one label for each. */
export async function readLabels(array: NumpyArray, count: number, options: ScanOptions): Promise<ArrayLabels> {
  const { shape, elements } = array.header;
  const [labelled = 0, classes = 1, ...rest] = shape;
  const fits = labelled === count && classes > 0 && rest.every((length) => length === 1);
  if (!fits || (classes > 1 && elements.kind === 'text')) throw wrongShape(array, count);
  checkWhole(array, 'labels');
  if (elements.kind === 'text') {
    const names: string[] = [];
    for await (const record of records(array, options)) names.push(...elements.decode(record));
    const empty = names.indexOf('');
    if (empty >= 0) throw badLabel(array, empty, 'no text', 'name each class');
    return classesOf(names);
  }
  const labels: number[] = [];
  for await (const record of records(array, options)) {
    const row = elements.decode(record);
    labels.push(classes > 1 ? oneAmong(row, array, labels.length) : wholeLabel(row[0]!, array, labels.length));
  }
  const classNames = classes > 1 ? Array.from({ length: classes }, (_, i) => String(i)) : numberedClasses(labels);
  return { labels: Int32Array.from(labels), classNames };
}

function wholeLabel(label: number, array: NumpyArray, image: number): number {
  if (Number.isInteger(label) && label >= 0 && label <= largestLabel) return label;
  throw badLabel(array, image, String(label), `labels are whole numbers from 0 to ${largestLabel}`);
}

/** The place of the one among zeros ("one-hot"). */
function oneAmong(row: ArrayLike<number>, array: NumpyArray, image: number): number {
  let place = -1;
  for (let i = 0; i < row.length; i++) {
    if (row[i] === 0) continue;
    if (row[i] !== 1 || place >= 0) {
      throw badLabel(
        array,
        image,
        'other than one 1 among zeros',
        'give each image one class, as a number or as one 1',
      );
    }
    place = i;
  }
  if (place >= 0) return place;
  throw badLabel(array, image, 'zeros alone', 'give each image one class, as a number or as one 1');
}

const badLabel = ({ title, path }: NumpyArray, image: number, label: string, remedy: string) =>
  new UserError('data/bad-label', `${title} says ${label} for image ${image}: ${remedy}.`, { subject: { path } });

const wrongShape = ({ title, path, header: { shape } }: NumpyArray, count: number) =>
  new UserError(
    'data/label-count',
    `${title} has the shape [${few(shape.map(String))}], and there are ${count} images: labels are one whole number, ` +
      'one text or one row of 0 and 1 an image; name their array in data.columns.label.',
    { subject: { path } },
  );
