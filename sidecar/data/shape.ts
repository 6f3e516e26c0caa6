/** The rule by which images of any size and channels become squares of one size and channels. */

import { UserError } from '../terms/errors.ts';
import { LARGEST_IMAGE } from '../terms/image-size.ts';
import type { DataConfig } from './data-config.ts';

export type { DataConfig };
export type ResizeRule = DataConfig['resize'];
export type Channels = 1 | 3 | 4;

/** What is known of one stored image from its header. */
export interface StoredShape {
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
}

export interface DeliveredShape {
  /** Height and width, in pixels. */
  readonly imageSize: number;
  readonly channels: Channels;
}

/** All that matters of many stored shapes, with an example of each difference for messages. */
export interface ShapeSummary {
  readonly first: StoredShape & { readonly file: string };
  readonly otherSize: (StoredShape & { readonly file: string }) | null;
  readonly otherChannels: (StoredShape & { readonly file: string }) | null;
  /** Every image has an alpha channel. */
  readonly allAlpha: boolean;
  readonly anyColour: boolean;
}

/** The summary of images that are all alike. */
export function uniformShapes(first: ShapeSummary['first']): ShapeSummary {
  return {
    first,
    otherSize: null,
    otherChannels: null,
    allAlpha: first.channels === 4,
    anyColour: first.channels !== 1,
  };
}

/**
 * Size: `data.imageSize`, else the images' own: the shorter side for "crop" and "stretch", the longer
 * for "pad". "refuse" takes only images that are already squares of that size.
 * Channels: `data.channels`, else alpha if every image has it, RGB if any has colour, grey otherwise.
 * @throws UserError if the images do not fit the rule.
 */
export function deliveredShape(path: string, shapes: ShapeSummary, data: DataConfig): DeliveredShape {
  return { imageSize: imageSize(path, shapes, data), channels: channels(path, shapes, data) };
}

/** The same for inputs of image-to-image, which get the images' size; their channels are their own. */
export function deliveredInput(
  path: string,
  shapes: ShapeSummary,
  { imageSize }: DeliveredShape,
  data: DataConfig,
): DeliveredShape {
  return deliveredShape(path, shapes, { ...data, imageSize, channels: null });
}

function imageSize(path: string, { first, otherSize }: ShapeSummary, data: DataConfig): number {
  if (data.resize === 'refuse') {
    if (otherSize) {
      throw new UserError(
        'data/mixed-sizes',
        `${path} mixes image sizes (${sized(first)}, ${sized(otherSize)}) and data.resize is "refuse": ` +
          'set it to "crop", "pad" or "stretch", or leave one size in the folder.',
        { subject: { path } },
      );
    }
    const size = data.imageSize ?? first.width;
    if (first.width !== size || first.height !== size) {
      throw new UserError(
        'data/wrong-size',
        `${path} holds images of ${first.width}×${first.height}, not ${size}×${size}, and data.resize is "refuse": ` +
          'set it to "crop", "pad" or "stretch".',
        { subject: { path } },
      );
    }
    return size;
  }
  if (data.imageSize !== null) return data.imageSize;
  if (otherSize) {
    throw new UserError(
      'data/mixed-sizes',
      `${path} mixes image sizes (${sized(first)}, ${sized(otherSize)}): set data.imageSize, for example 64.`,
      { subject: { path } },
    );
  }
  const natural = (data.resize === 'pad' ? Math.max : Math.min)(first.width, first.height);
  if (natural > LARGEST_IMAGE) {
    throw new UserError(
      'data/too-large',
      `${path} holds images of ${first.width}×${first.height}: set data.imageSize to at most ${LARGEST_IMAGE}, for example 64.`,
      { subject: { path } },
    );
  }
  return natural;
}

function channels(path: string, shapes: ShapeSummary, data: DataConfig): Channels {
  if (shapes.otherChannels && data.resize === 'refuse' && data.channels === null) {
    throw new UserError(
      'data/mixed-channels',
      `${path} mixes channels (${channelled(shapes.first)}, ${channelled(shapes.otherChannels)}) and data.resize is ` +
        '"refuse": set data.channels to 1, 3 or 4 to convert them.',
      { subject: { path } },
    );
  }
  if (data.channels !== null) return data.channels;
  if (shapes.allAlpha) return 4;
  return shapes.anyColour ? 3 : 1;
}

const sized = (shape: StoredShape & { readonly file: string }) => `${shape.file} ${shape.width}×${shape.height}`;

const channelNames = { 1: 'grey', 3: 'RGB', 4: 'RGBA' } as const;
const channelled = (shape: StoredShape & { readonly file: string }) => `${shape.file} ${channelNames[shape.channels]}`;
