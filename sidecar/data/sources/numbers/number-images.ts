/** Images that are given as numbers and not as files: arrays, and tables with a column for each pixel. */
import { UserError } from '../../../terms/errors.ts';
import { uniformShapes } from '../../shape.ts';
import type { ImageSource, PixelValues, ScanOptions, StoredImage } from '../source.ts';
import type { NumberContents, NumberImages } from './format.ts';
import type { ChannelOrder, NumberLayout } from './layout.ts';
import { byteOf, type PixelRange, rangeAsked, rangeOf } from './pixel-range.ts';
import { damageOf, type Survey, survey } from './survey.ts';
import type { Values } from './values.ts';

/** Bytes of numbers that are looked at where an estimate will do. */
const glance = 2 ** 24;

/**
 * @param asked `data.pixelRange`, or null to go by the numbers.
 * @param briefly whether an estimate will do, so that not all numbers are read.
 * @throws UserError if black is not below white.
 */
export function numberSource(images: NumberImages, asked: PixelRange | null, briefly: boolean): ImageSource {
  if (asked !== null && asked[0] >= asked[1]) {
    throw new UserError('data/pixel-range', `data.pixelRange is [${asked.join(', ')}]: put the lower number first.`);
  }
  let about: Promise<NumberContents> | null = null;
  const describe = (options: ScanOptions) => {
    about ??= images.about(options);
    return about;
  };
  let looked: Promise<Looked> | null = null;
  const look = (options: ScanOptions) => {
    looked ??= describe(options).then((contents) => lookThrough(images, contents, asked, briefly, options));
    return looked;
  };
  return {
    name: images.name,
    identity: async () => `${await images.identity()} ${JSON.stringify(asked)}`,
    async contents(options) {
      const { count, labels, classNames, bytes } = await describe(options);
      return { count, labels, classNames, bytes, values: (await look(options)).values };
    },
    async headers(_, options) {
      const { layout } = await describe(options);
      const { width, height, channels } = layout;
      const shapes = uniformShapes({ file: images.name, width, height, channels });
      if (!briefly) return { shapes, inputs: null, unreadable: { count: 0, first: null } };
      const { extent, damaged } = (await look(options)).survey;
      return { shapes: extent && shapes, inputs: null, unreadable: damaged };
    },
    async *images(options) {
      yield* storedImages(images, await look(options), options);
    },
  };
}

interface Looked {
  readonly layout: NumberLayout;
  readonly survey: Survey;
  /** null where no image is whole. */
  readonly values: PixelValues | null;
}

async function lookThrough(
  images: NumberImages,
  { count, layout, asBytes }: NumberContents,
  asked: PixelRange | null,
  briefly: boolean,
  options: ScanOptions,
): Promise<Looked> {
  const limit = briefly ? glance : Number.POSITIVE_INFINITY;
  const found = await survey(images, count, layout, options, { limit, bytesSuffice: asBytes && asked === null });
  const { extent } = found;
  const chosen = extent && (asked === null ? rangeOf(extent, asBytes) : rangeAsked(extent, asked));
  const { least, greatest } = extent ?? { least: 0, greatest: 0 };
  return { layout, survey: found, values: chosen && { least, greatest, ...chosen } };
}

async function* storedImages(
  images: NumberImages,
  { layout, survey: { order }, values: found }: Looked,
  options: ScanOptions,
): AsyncGenerator<StoredImage> {
  const { height, width, channels } = layout;
  const range = found?.range ?? [0, 255];
  for await (const image of images.values(options)) {
    const { name, values } = image;
    const damage = damageOf(image, images, layout);
    if (damage === null)
      yield { name, image: { pixels: pixelsOf(values, layout, order, range), height, width, channels } };
    else yield { name, image: { bytes: new Uint8Array(0) }, damage };
  }
}

function pixelsOf(values: Values, { height, width, channels }: NumberLayout, order: ChannelOrder, range: PixelRange) {
  const inPlace = order === 'pixels' || channels === 1;
  const [black, white] = range;
  if (inPlace && values instanceof Uint8Array && black === 0 && white === 255) return values;
  const toByte = byteOf(range);
  const area = height * width;
  const pixels = new Uint8Array(area * channels);
  for (let channel = 0; channel < channels; channel++) {
    for (let at = 0; at < area; at++) {
      const to = at * channels + channel;
      pixels[to] = toByte(values[inPlace ? to : channel * area + at]!);
    }
  }
  return pixels;
}
