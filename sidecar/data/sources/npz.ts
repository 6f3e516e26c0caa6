/** A NumPy zip: an array of images, and one of labels if there is one. */
import { statSync } from 'node:fs';
import { UserError } from '../../errors.ts';
import { numberedClasses } from '../idx.ts';
import { type Channels, uniformShapes } from '../shape.ts';
import { fingerprint } from './identity.ts';
import { type NpzArray, type NpzFile, openNpz } from './npz-file.ts';
import type { Contents, ImageSource, ScanOptions, StoredImage } from './source.ts';

/** Names of the arrays, as `data.columns` gives them; null to take the usual ones. */
export interface ArrayNames {
  readonly image: string | null;
  readonly label: string | null;
}

/** Names that people give these arrays, most telling first; compared in small letters. */
const imageNames = ['images', 'image', 'x_train', 'train_images', 'x', 'data', 'imgs', 'arr_0'];
const labelNames = ['labels', 'label', 'y_train', 'train_labels', 'y', 'targets', 'arr_1'];

export function npzSource(path: string, names: ArrayNames): ImageSource {
  let opened: Promise<{ layout: Layout; contents: Contents }> | null = null;
  const look = () => {
    opened ??= withNpz(path, async (file) => {
      const layout = imageLayout(await imageArray(path, file, names), path);
      const labels = await readLabels(path, file, names, layout.count);
      const bytes = statSync(path).size;
      const classNames = labels && numberedClasses(labels);
      return { layout, contents: { count: layout.count, labels, classNames, bytes } };
    });
    return opened;
  };
  return {
    name: path,
    async identity() {
      return `${fingerprint(path)} ${JSON.stringify(names)}`;
    },
    contents: async () => (await look()).contents,
    async headers() {
      const { layout } = await look();
      const { height, width, channels } = layout;
      const shapes = uniformShapes({ file: layout.array.name, height, width, channels });
      return { shapes, inputs: null, unreadable: { count: 0, first: null } };
    },
    images: (options) => imagesOf(path, names, options),
  };
}

async function* imagesOf(path: string, names: ArrayNames, options: ScanOptions): AsyncGenerator<StoredImage> {
  const file = await openNpz(path);
  try {
    const layout = imageLayout(await imageArray(path, file, names), path);
    const { height, width, channels } = layout;
    const toByte = byteConversion(await valueRange(layout, options), path);
    let number = 0;
    for await (const record of records(layout.array, layout.recordBytes)) {
      options.signal?.throwIfAborted();
      if (number === layout.count) break;
      yield { name: `image ${number}`, image: { pixels: pixelsOf(record, layout, toByte), height, width, channels } };
      number++;
    }
    if (number < layout.count) {
      throw new UserError(
        'data/truncated',
        `${path} (${layout.array.name}) ends after ${number} of ${layout.count} images: save or download it again.`,
      );
    }
  } finally {
    file.close();
  }
}

async function withNpz<T>(path: string, use: (file: NpzFile) => Promise<T>): Promise<T> {
  const file = await openNpz(path);
  try {
    return await use(file);
  } finally {
    file.close();
  }
}

function imageArray(path: string, file: NpzFile, names: ArrayNames): Promise<NpzArray> {
  const name = chosenName(path, file, names.image, imageNames);
  if (name !== null) return file.array(name);
  throw new UserError(
    'data/no-array',
    `${path} has no array named images, x, x_train or arr_0 (but ${file.names.join(', ') || 'none'}): ` +
      'name the one that holds the images in data.columns.image.',
  );
}

function chosenName(path: string, file: NpzFile, asked: string | null, usual: readonly string[]): string | null {
  if (asked !== null) {
    if (file.names.includes(asked)) return asked;
    throw new UserError(
      'data/no-array',
      `${path} has no array named ${asked} (but ${file.names.join(', ') || 'none'}): correct data.columns.`,
    );
  }
  for (const name of usual) {
    const found = file.names.find((candidate) => candidate.toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return null;
}

interface Layout {
  readonly array: NpzArray;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: Channels;
  /** [n, channels, height, width] instead of [n, height, width, channels]. */
  readonly channelsFirst: boolean;
  readonly recordBytes: number;
}

const isChannels = (length: number | undefined): length is Channels => length === 1 || length === 3 || length === 4;

function imageLayout(array: NpzArray, path: string): Layout {
  const { shape, elementBytes } = array.header;
  const [count = 0, a = 0, b = 0, c] = shape;
  const layout = (height: number, width: number, channels: Channels, channelsFirst: boolean): Layout => {
    const recordBytes = height * width * channels * elementBytes;
    if (count > 0 && recordBytes > 0) {
      return { array, count, height, width, channels, channelsFirst, recordBytes };
    }
    throw new UserError('data/empty-file', `${path} (${array.name}) holds no image: its shape is ${shape.join('×')}.`);
  };
  if (shape.length === 3) return layout(a, b, 1, false);
  if (shape.length === 4 && isChannels(c)) return layout(a, b, c, false);
  if (shape.length === 4 && isChannels(a)) return layout(b, c!, a, true);
  throw new UserError(
    'data/array-shape',
    `${path} (${array.name}) has the shape [${shape.join(', ')}]: images are [n, height, width], ` +
      '[n, height, width, channels] or [n, channels, height, width], with 1, 3 or 4 channels.',
  );
}

async function readLabels(path: string, file: NpzFile, names: ArrayNames, count: number): Promise<Int32Array | null> {
  const name = chosenName(path, file, names.label, labelNames);
  if (name === null) return null;
  const array = await file.array(name);
  const { shape, elementBytes, read } = array.header;
  const [labelled = 0, ...rest] = shape;
  if (labelled !== count || rest.some((length) => length !== 1)) {
    throw new UserError(
      'data/label-count',
      `${path} (${name}) has the shape [${shape.join(', ')}], and there are ${count} images: ` +
        'labels are one whole number an image; name their array in data.columns.label.',
    );
  }
  const labels = new Int32Array(count);
  let at = 0;
  for await (const record of records(array, elementBytes)) {
    const label = read(new DataView(record.buffer, record.byteOffset), 0);
    if (!Number.isInteger(label) || label < 0 || label > 65_535) {
      throw new UserError(
        'data/bad-label',
        `${path} (${name}) says ${label} for image ${at}: labels are whole numbers from 0 to 65535.`,
      );
    }
    labels[at++] = label;
  }
  return labels;
}

/** The array's bytes cut into pieces of one length; what is left over at the end is dropped. */
async function* records(array: NpzArray, length: number): AsyncGenerator<Uint8Array> {
  let record = new Uint8Array(length);
  let filled = 0;
  for await (const chunk of array.chunks()) {
    let at = 0;
    while (at < chunk.length) {
      const taken = Math.min(length - filled, chunk.length - at);
      record.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled < length) continue;
      yield record;
      record = new Uint8Array(length);
      filled = 0;
    }
  }
}

interface Range {
  readonly least: number;
  readonly greatest: number;
}

/** Least and greatest value of the whole array, for all types but bytes. */
async function valueRange({ array, recordBytes, count }: Layout, options: ScanOptions): Promise<Range | null> {
  const { type, elementBytes, read } = array.header;
  if (type === 'u1') return null;
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let done = 0;
  for await (const record of records(array, recordBytes)) {
    options.signal?.throwIfAborted();
    const view = new DataView(record.buffer);
    for (let i = 0; i < recordBytes / elementBytes; i++) {
      const value = read(view, i);
      if (Number.isNaN(value)) return { least: Number.NaN, greatest: Number.NaN };
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    options.progress?.(++done, count, `Reading values of ${array.name}`);
  }
  return { least, greatest };
}

/** Values lie in 0…255, in 0…1 or in -1…1, whichever is the narrowest that holds them all. */
function byteConversion(range: Range | null, path: string): ((value: number) => number) | null {
  if (range === null) return null;
  const { least, greatest } = range;
  if (least >= 0 && greatest <= 1) return (value) => Math.round(value * 255);
  if (least >= -1 && greatest <= 1) return (value) => Math.round((value + 1) * 127.5);
  if (least >= 0 && greatest <= 255) return (value) => Math.round(value);
  throw new UserError(
    'data/array-values',
    `${path} holds values from ${least} to ${greatest}: scale the images to 0…255, 0…1 or -1…1.`,
  );
}

function pixelsOf(
  record: Uint8Array,
  { array, height, width, channels, channelsFirst }: Layout,
  toByte: ((value: number) => number) | null,
): Uint8Array {
  if (!toByte && !channelsFirst) return record;
  const view = new DataView(record.buffer);
  const area = height * width;
  const pixels = new Uint8Array(area * channels);
  for (let channel = 0; channel < channels; channel++) {
    for (let at = 0; at < area; at++) {
      const value = array.header.read(view, channelsFirst ? channel * area + at : at * channels + channel);
      pixels[at * channels + channel] = toByte ? toByte(value) : value;
    }
  }
  return pixels;
}
