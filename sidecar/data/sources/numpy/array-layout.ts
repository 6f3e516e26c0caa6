/** What an array of images is, by its shape and type. */
import { UserError } from '../../../terms/errors.ts';
import { few } from '../../../terms/names.ts';
import type { Channels } from '../../shape.ts';
import { flatLayout, type NumberLayout } from '../numbers/layout.ts';
import type { Values } from '../numbers/values.ts';
import type { NumpyArray } from './array-file.ts';
import { checkWhole, recordBytesOf } from './records.ts';

export interface ImageArrayLayout {
  readonly count: number;
  readonly layout: NumberLayout;
  /** Whether the elements are bytes. */
  readonly asBytes: boolean;
  decode(record: Uint8Array): Values;
}

/** More pixels an image than anyone trains on here; they would have to be held in memory. */
const LARGEST_RECORD = 2 ** 28;

/** Beyond this many pixels, three or four columns are the channels of one picture. */
const SMALLEST_PICTURE = 16;

const isChannels = (length: number | undefined): length is Channels => length === 1 || length === 3 || length === 4;

/** @throws UserError if the array cannot be one of images. */
export function imageArrayLayout(array: NumpyArray): ImageArrayLayout {
  const { title, path, header } = array;
  const { shape, elements } = header;
  const [count = 0, a = 0, b = 0] = shape;
  if (elements.kind !== 'number') {
    throw new UserError('data/array-type', `${title} holds text: name the array of images in data.columns.image.`, {
      subject: { path },
    });
  }
  if (shape.length === 3 && isChannels(b) && b > 1 && count >= SMALLEST_PICTURE && a >= SMALLEST_PICTURE) {
    throw new UserError(
      'data/array-shape',
      `${title} is one image of ${count}×${a} pixels in ${b} channels: save many in one array, [n, height, width, channels].`,
      { subject: { path } },
    );
  }
  const layout = layoutOf(shape);
  if (layout === null) throw wrongShape(array);
  const length = recordBytesOf(array);
  if (count === 0 || length === 0) {
    throw new UserError('data/empty-file', `${title} holds no image: its shape is [${few(shape.map(String))}].`, {
      subject: { path },
    });
  }
  if (length > LARGEST_RECORD) throw wrongShape(array);
  checkWhole(array, 'images');
  return { count, layout, asBytes: elements.bytes, decode: elements.decode };
}

function layoutOf(shape: readonly number[]): NumberLayout | null {
  const [, a = 0, b = 0, c] = shape;
  if (shape.length === 2) return flatLayout(a);
  if (shape.length === 3) return { height: a, width: b, channels: 1, order: 'pixels' };
  if (shape.length !== 4) return null;
  if (isChannels(c)) return { height: a, width: b, channels: c, order: 'pixels' };
  return isChannels(a) ? { height: b, width: c!, channels: a, order: 'planes' } : null;
}

const wrongShape = ({ title, path, header: { shape } }: NumpyArray) =>
  new UserError(
    'data/array-shape',
    `${title} has the shape [${few(shape.map(String))}]: images are [n, height, width], [n, height, width, channels] or ` +
      '[n, channels, height, width], with 1, 3 or 4 channels, or rows [n, k²] or [n, 3k²].',
    { subject: { path } },
  );
