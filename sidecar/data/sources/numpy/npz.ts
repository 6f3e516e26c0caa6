/** NumPy's files: an array of images, and one of labels if there is one. */
import { UserError } from '../../../terms/errors.ts';
import { few } from '../../../terms/names.ts';
import { fingerprint } from '../identity.ts';
import type { NumberContents, NumberImages } from '../numbers/format.ts';
import { placeOf } from '../numbers/layout.ts';
import { numberSource } from '../numbers/number-images.ts';
import type { PixelRange } from '../numbers/pixel-range.ts';
import type { ImageSource, ScanOptions } from '../source.ts';
import { type ArrayFile, type NumpyArray, openArrays } from './array-file.ts';
import { imageArrayLayout } from './array-layout.ts';
import { type ArrayLabels, readLabels } from './labels.ts';
import { records } from './records.ts';

/** Names of the arrays, as `data.columns` gives them; null to take the usual ones. */
export interface ArrayNames {
  readonly image: string | null;
  readonly label: string | null;
}

/** Names that people give these arrays, most telling first; compared in small letters. */
const imageNames = ['images', 'image', 'x_train', 'train_images', 'x', 'data', 'imgs', 'arr_0'];
const labelNames = ['labels', 'label', 'y_train', 'train_labels', 'y', 'target', 'targets', 'arr_1'];

/**
 * @param labelPath a file of its own that holds the labels, or null.
 * @param pixelRange `data.pixelRange`, or null to go by the numbers.
 * @param briefly whether an estimate of what the numbers are will do.
 */
export function npzSource(
  path: string,
  names: ArrayNames,
  labelPath: string | null,
  pixelRange: PixelRange | null,
  briefly: boolean,
): ImageSource {
  const images: NumberImages = {
    name: path,
    remedy: 'put numbers in their place, for example by numpy.nan_to_num',
    async identity() {
      const labels = labelPath === null ? '' : `${labelPath} ${fingerprint(labelPath)}`;
      return `${fingerprint(path)} ${JSON.stringify(names)} ${labels}`;
    },
    about: (options) => withArrays(path, (file) => contentsOf(path, file, names, labelPath, options)),
    async *values(options) {
      const file = await openArrays(path);
      try {
        const array = await imageArray(path, file, names);
        const { decode } = imageArrayLayout(array);
        let number = 0;
        for await (const record of records(array, options)) yield { name: `image ${number++}`, values: decode(record) };
      } finally {
        file.close();
      }
    },
    faultAt: (index, value, layout) => `${value} at ${placeOf(index, layout)}`,
  };
  return numberSource(images, pixelRange, briefly);
}

async function withArrays<T>(path: string, use: (file: ArrayFile) => Promise<T>): Promise<T> {
  const file = await openArrays(path);
  try {
    return await use(file);
  } finally {
    file.close();
  }
}

async function contentsOf(
  path: string,
  file: ArrayFile,
  names: ArrayNames,
  labelPath: string | null,
  options: ScanOptions,
): Promise<NumberContents> {
  const array = await imageArray(path, file, names);
  const { count, layout, asBytes } = imageArrayLayout(array);
  const labels =
    labelPath === null
      ? await labelsOf(path, file, names, count, options)
      : await withArrays(labelPath, (own) => ownLabelsOf(labelPath, own, names, count, options));
  return { count, layout, asBytes, labels: null, classNames: null, bytes: file.bytes, ...labels };
}

const onlyName = ({ names }: ArrayFile) => (names.length === 1 ? names[0]! : null);

async function imageArray(path: string, file: ArrayFile, names: ArrayNames): Promise<NumpyArray> {
  const name = chosenName(path, file, names, 'image', imageNames) ?? onlyName(file);
  if (name !== null) return file.array(name);
  throw new UserError(
    'data/no-array',
    `${path} has no array named images, x, x_train or arr_0 (but ${few(file.names) || 'none'}): ` +
      'name the one that holds the images in data.columns.image.',
    { subject: { path } },
  );
}

async function labelsOf(
  path: string,
  file: ArrayFile,
  names: ArrayNames,
  count: number,
  options: ScanOptions,
): Promise<ArrayLabels | null> {
  const name = chosenName(path, file, names, 'label', labelNames);
  return name === null ? null : readLabels(await file.array(name), count, options);
}

async function ownLabelsOf(
  path: string,
  file: ArrayFile,
  names: ArrayNames,
  count: number,
  options: ScanOptions,
): Promise<ArrayLabels> {
  const name = onlyName(file) ?? chosenName(path, file, names, 'label', labelNames);
  if (name !== null) return readLabels(await file.array(name), count, options);
  throw new UserError(
    'data/no-array',
    `${path} has no array named labels, y_train, y or arr_1 (but ${few(file.names) || 'none'}): ` +
      'name the one that holds the labels in data.columns.label.',
    { subject: { path } },
  );
}

function chosenName(
  path: string,
  file: ArrayFile,
  names: ArrayNames,
  key: keyof ArrayNames,
  usual: readonly string[],
): string | null {
  const asked = names[key];
  if (asked !== null) {
    if (file.names.includes(asked)) return asked;
    throw new UserError(
      'data/no-array',
      `${path} has no array named ${asked} (but ${few(file.names) || 'none'}): correct data.columns.`,
      { subject: { key: ['data', 'columns', key] } },
    );
  }
  for (const name of usual) {
    const found = file.names.find((candidate) => candidate.toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return null;
}
