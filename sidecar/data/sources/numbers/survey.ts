/** A first look through images of numbers: what they lie between, which are damaged, how colours are stored. */
import { UserError } from '../../../terms/errors.ts';
import type { ScanOptions, Unreadable } from '../source.ts';
import type { NumberImage, NumberImages } from './format.ts';
import { type ChannelOrder, type NumberLayout, roughness } from './layout.ts';
import type { Extent } from './pixel-range.ts';

export interface Survey {
  /** null where no image is whole. */
  readonly extent: Extent | null;
  readonly order: ChannelOrder;
  /** Images with a value that is no number. */
  readonly damaged: Unreadable;
}

/** Enough pictures to tell how their colours are stored. */
const PICTURES_COMPARED = 64;

/** Damage beyond this part is no accident. */
const MOST_DAMAGED = 0.1;

/** Bytes that are this bright are certainly of 0 to 255. */
const CERTAIN_BYTE = 128;

/**
 * @param limit bytes of numbers to look at, for an answer while someone types.
 * @param bytesSuffice whether bytes that can only be of 0 to 255 need no further look.
 * @throws UserError if more than a few images are damaged.
 */
export async function survey(
  images: NumberImages,
  count: number,
  layout: NumberLayout,
  options: ScanOptions,
  { limit, bytesSuffice }: { readonly limit: number; readonly bytesSuffice: boolean },
): Promise<Survey> {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let whole = true;
  let looked = 0;
  let bytes = 0;
  const damaged = { count: 0, first: null as Unreadable['first'] };
  const rough = { pixels: 0, planes: 0 };
  for await (const image of images.values(options)) {
    const { values } = image;
    const reason = damageOf(image, images, layout);
    looked++;
    bytes += values.byteLength;
    options.progress?.(looked, count, `Reading values of ${images.name}`);
    if (reason === null) {
      for (let i = 0; i < values.length; i++) {
        const value = values[i]!;
        if (value < least) least = value;
        if (value > greatest) greatest = value;
        if (whole && value !== Math.round(value)) whole = false;
      }
      if (layout.order === null && looked <= PICTURES_COMPARED) {
        for (const order of ['pixels', 'planes'] as const) rough[order] += roughness(values, layout, order);
      }
    } else {
      damaged.count++;
      damaged.first ??= { file: image.name, reason };
    }
    const settled = bytesSuffice && values instanceof Uint8Array && greatest >= CERTAIN_BYTE;
    if (bytes >= limit || (settled && (layout.order !== null || looked >= PICTURES_COMPARED))) break;
  }
  if (damaged.count > Math.max(1, MOST_DAMAGED * looked)) throw manyDamaged(images, damaged, looked);
  return {
    extent: least <= greatest ? { least, greatest, whole } : null,
    order: layout.order ?? (rough.planes < rough.pixels ? 'planes' : 'pixels'),
    damaged,
  };
}

/** Why the image cannot be used, or null: the first of its values that is no number. */
export function damageOf({ values, damage }: NumberImage, images: NumberImages, layout: NumberLayout): string | null {
  if (damage !== undefined) return damage;
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return null;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!)) return images.faultAt(i, values[i]!, layout);
  }
  return null;
}

function manyDamaged({ name, remedy }: NumberImages, { count, first }: Unreadable, looked: number): UserError {
  return new UserError(
    'data/array-values',
    `${name} has values that are no numbers in ${count} of ${looked} images, first in ${first?.file} ` +
      `(${first?.reason}): ${remedy}.`,
  );
}
