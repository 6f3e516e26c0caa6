/** One image of a dataset as square 8-bit pixels of the delivered shape. */
import { drawDigit } from '../digits/digits.ts';
import { stackedDigits } from '../digits/stacked-digits.ts';
import { greyResampler } from '../resample.ts';
import type { Channels } from '../shape.ts';
import type { ImagePlan, ReadPlan } from './plan.ts';
import { recordReader } from './records.ts';

/** Image `index` as [imageSize, imageSize, channels] bytes and a stored input behind it; valid until the next call. */
export type ReadImage = (index: number) => Uint8Array;

type GreyPlan = Extract<ImagePlan, { kind: 'grey' | 'stacked' }>;

export function imageReader({ images, imageSize, channels }: ReadPlan): ReadImage {
  const area = imageSize * imageSize;
  switch (images.kind) {
    case 'digits': {
      const drawn = new Uint8Array(area);
      const widen = greyTo(channels, area);
      return (index) => {
        drawn.fill(0);
        drawDigit(index, imageSize, drawn, 0);
        return widen(drawn);
      };
    }
    case 'ready':
      return recordReader(images.records);
    case 'grey': {
      const read = greyReader(images, imageSize);
      const widen = greyTo(channels, area);
      return (index) => widen(read(index));
    }
    case 'stacked': {
      const read = greyReader(images, imageSize);
      const pixels = new Uint8Array(area * 3);
      return (index) => {
        stackedDigits(index, images.count).forEach((digit, channel) => {
          const grey = read(digit);
          for (let at = 0; at < area; at++) pixels[3 * at + channel] = grey[at]!;
        });
        return pixels;
      };
    }
  }
}

/** Bytes of resized images that are kept, so that each is resized once. MNIST at 32 pixels takes 61 MB. */
const KEPT_BYTES = 2 ** 27;

function greyReader({ records, stored, count }: GreyPlan, size: number): ReadImage {
  const { width, height, rule } = stored;
  const read = recordReader(records);
  if (width === size && height === size) return read;
  const resample = greyResampler(width, height, size, rule);
  const area = size * size;
  if (count * area > KEPT_BYTES) return (index) => resample(read(index));
  const kept = new Uint8Array(count * area);
  const present = new Uint8Array(count);
  return (index) => {
    const image = kept.subarray(index * area, (index + 1) * area);
    if (present[index] === 0) {
      image.set(resample(read(index)));
      present[index] = 1;
    }
    return image;
  };
}

/** Grey as it is, as equal red, green and blue, or as these with full opacity. */
function greyTo(channels: Channels, area: number): (grey: Uint8Array) => Uint8Array {
  if (channels === 1) return (grey) => grey;
  const pixels = new Uint8Array(area * channels).fill(255);
  return (grey) => {
    for (let at = 0; at < area; at++) pixels.fill(grey[at]!, at * channels, at * channels + 3);
    return pixels;
  };
}
