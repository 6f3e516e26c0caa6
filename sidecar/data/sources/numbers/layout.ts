/** Where the pixels of an image stand among its numbers. */
import type { Channels } from '../../shape.ts';
import type { Values } from './values.ts';

/** "pixels": the channels of a pixel side by side; "planes": all pixels of a channel, then the next channel. */
export type ChannelOrder = 'pixels' | 'planes';

export interface NumberLayout {
  readonly height: number;
  readonly width: number;
  readonly channels: Channels;
  /** null: only the numbers tell. */
  readonly order: ChannelOrder | null;
}

/** A row of k² numbers is a grey square, one of 3k² a coloured one; null for other lengths. */
export function flatLayout(length: number): NumberLayout | null {
  for (const channels of [1, 3] as const) {
    const side = Math.sqrt(length / channels);
    if (side >= 1 && Number.isInteger(side)) {
      return { height: side, width: side, channels, order: channels === 1 ? 'pixels' : null };
    }
  }
  return null;
}

/** Where value `index` of an image is, counted from 0. */
export function placeOf(index: number, { width, height, channels, order }: NumberLayout): string {
  if (order === null) return `value ${index}`;
  const area = width * height;
  const pixel = order === 'planes' ? index % area : Math.floor(index / channels);
  const channel = order === 'planes' ? Math.floor(index / area) : index % channels;
  const place = `row ${Math.floor(pixel / width)}, column ${pixel % width}`;
  return channels === 1 ? place : `${place}, channel ${channel}`;
}

/**
 * How much neighbouring pixels differ, in all channels, if the numbers are in this order: in pictures
 * least for the right one.
 */
export function roughness(values: Values, { width, height, channels }: NumberLayout, order: ChannelOrder): number {
  const [pixelStep, channelStep] = order === 'planes' ? [1, width * height] : [channels, 1];
  let sum = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = channel * channelStep + (y * width + x) * pixelStep;
        const value = values[at]!;
        if (x > 0) sum += Math.abs(value - values[at - pixelStep]!);
        if (y > 0) sum += Math.abs(value - values[at - width * pixelStep]!);
      }
    }
  }
  return sum;
}
