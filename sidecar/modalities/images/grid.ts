/** Images laid out as one picture. */
import sharp from 'sharp';

export type Channels = 1 | 3 | 4;

/** Bytes of an image, row major: [height, width, channels], grey, RGB or RGBA. */
export interface Picture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
}

/** Pixels around and between the images. */
export const MARGIN = 2;
/** Their grey. */
const MARGIN_VALUE = 128;

/** Lays out images, NHWC in [−1, 1], row by row; the last row may end early. */
export function toGrid(images: ArrayLike<number>, imageSize: number, channels: Channels, columns: number): Picture {
  const count = images.length / (imageSize * imageSize * channels);
  const pitch = imageSize + MARGIN;
  const width = columns * pitch + MARGIN;
  const height = Math.ceil(count / columns) * pitch + MARGIN;
  const pixels = new Uint8Array(width * height * channels).fill(MARGIN_VALUE);
  const rowLength = imageSize * channels;
  for (let row = 0; row < count * imageSize; row++) {
    const cell = Math.floor(row / imageSize);
    const top = MARGIN + Math.floor(cell / columns) * pitch + (row % imageSize);
    const left = MARGIN + (cell % columns) * pitch;
    const start = (top * width + left) * channels;
    for (let i = 0; i < rowLength; i++) pixels[start + i] = toByte(images[row * rowLength + i] ?? 0);
  }
  return { pixels, width, height, channels };
}

/** PNG bytes; equal pixels give equal bytes. */
export function encodePicture({ pixels, width, height, channels }: Picture): Promise<Buffer> {
  return sharp(pixels, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png()
    .toBuffer();
}

const toByte = (x: number): number => Math.round((Math.min(1, Math.max(-1, x)) + 1) * 127.5);

/** Repeats each pixel `factor` times in each direction. `size` is that of the given images, NHWC. */
export function enlarge(images: Float32Array, size: number, channels: number, factor: number): Float32Array {
  if (factor === 1) return images;
  const large = size * factor;
  const count = images.length / (size * size * channels);
  const enlarged = new Float32Array(count * large * large * channels);
  for (let at = 0, n = 0; n < count; n++) {
    for (let y = 0; y < large; y++) {
      const row = (n * size + Math.floor(y / factor)) * size;
      for (let x = 0; x < large; x++) {
        const pixel = (row + Math.floor(x / factor)) * channels;
        for (let c = 0; c < channels; c++) enlarged[at++] = images[pixel + c] as number;
      }
    }
  }
  return enlarged;
}

/** The same images in other channels: grey is repeated or averaged, what is new of alpha is opaque. */
export function withChannels(images: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return images;
  const changed = new Float32Array((images.length / from) * to);
  for (let pixel = 0; pixel < images.length / from; pixel++) {
    const at = (channel: number) => images[pixel * from + channel] as number;
    const grey = from < 3 ? at(0) : (at(0) + at(1) + at(2)) / 3;
    for (let channel = 0; channel < to; channel++) {
      const colour = to < 3 || from < 3 ? grey : at(Math.min(channel, 2));
      changed[pixel * to + channel] = channel === 3 ? (from === 4 ? at(3) : 1) : colour;
    }
  }
  return changed;
}
