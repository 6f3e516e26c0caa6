/** Decodes stored images to square 8-bit pixels. */
import { readFile } from 'node:fs/promises';
import type SharpLibrary from 'sharp';
import type { Sharp } from 'sharp';
import { bmpFileBytes } from '../image-formats/bmp.ts';
import { formatOf, UnreadableImage } from '../image-formats/signature.ts';
import { imageHeaderOf } from '../image-header.ts';
import type { DeliveredShape, ResizeRule, StoredShape } from '../shape.ts';
import type { Content } from '../sources/source.ts';

export type Decode = (content: Content) => Promise<Uint8Array>;

/** The image libraries, which a worker has to find by itself. */
export interface ImageLibraries {
  readonly sharp: typeof SharpLibrary;
  /** BMP, which sharp does not read, to RGBA. @throws Error if the file is damaged. */
  readonly decodeBmp: (bytes: Uint8Array) => { readonly data: Uint8ClampedArray };
}

const fits = { crop: 'cover', pad: 'contain', stretch: 'fill', refuse: 'fill' } as const;

/**
 * A decoder to [imageSize, imageSize, channels] bytes. Shrinking is antialiased (Lanczos). Photos are
 * turned upright (EXIF). "crop" takes the centre, "pad" adds black (transparent when alpha is kept),
 * "stretch" changes proportions. Alpha is flattened on black for 1 and 3 channels; grey is Rec. 709
 * luminance (sRGB to linear light, weighted, and back); other colour spaces become sRGB first. With 4
 * channels, pixels of alpha 0 are black.
 * The promise rejects with UnreadableImage or the library's message if an image cannot be decoded.
 */
export function createDecoder(
  { sharp, decodeBmp }: ImageLibraries,
  { imageSize, channels }: DeliveredShape,
  resize: ResizeRule,
): Decode {
  // Many small images at once instead of many threads on one, and no second cache behind ours.
  sharp.concurrency(1);
  sharp.cache(false);
  const black = { r: 0, g: 0, b: 0, alpha: channels === 4 ? 0 : 1 };
  const convert: Readonly<Record<DeliveredShape['channels'], (image: Sharp) => Sharp>> = {
    1: (image) => image.flatten({ background: black }).toColourspace('b-w'),
    3: (image) => image.flatten({ background: black }).toColourspace('srgb'),
    4: (image) => image.ensureAlpha().toColourspace('srgb'),
  };
  const isReady = (content: Content) =>
    'pixels' in content && content.width === imageSize && content.height === imageSize && content.channels === channels;
  const opened = async (content: Content): Promise<Sharp> => {
    if ('pixels' in content) return rawPixels(content.pixels, content);
    const bytes = 'path' in content ? await readFile(content.path) : content.bytes;
    const shape = await imageHeaderOf(bytes);
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (formatOf(file) === 'bmp') {
      if (file.length < bmpFileBytes(file, shape)) throw new UnreadableImage('cut short');
      return rawPixels(firstChannels(decodeBmp(file).data, shape), shape);
    }
    // The first frame of an animation, the first page of several.
    return sharp(bytes, { failOn: 'error' }).autoOrient();
  };
  const rawPixels = (pixels: Uint8Array, { width, height, channels: stored }: StoredShape) =>
    sharp(pixels, { raw: { width, height, channels: stored } });
  const decoded = async (content: Content): Promise<Uint8Array> => {
    if ('pixels' in content && isReady(content)) return content.pixels;
    const image = (await opened(content)).resize(imageSize, imageSize, { fit: fits[resize], background: black });
    return convert[channels](image).raw({ depth: 'uchar' }).toBuffer();
  };
  return channels === 4 ? async (content) => blackenInvisible(await decoded(content)) : decoded;
}

/** The channels that an image has, of RGBA. */
function firstChannels(rgba: Uint8ClampedArray, { width, height, channels }: StoredShape): Uint8Array {
  const pixels = new Uint8Array(width * height * channels);
  for (let at = 0; at < pixels.length; at++) {
    const pixel = Math.floor(at / channels);
    pixels[at] = rgba[4 * pixel + (at - pixel * channels)]!;
  }
  return pixels;
}

/**
 * RGBA with black wherever alpha is 0, as resizing leaves it. Files hold any colour there, which nobody
 * sees, but which a discriminator would go by and a generator would have to learn.
 */
function blackenInvisible(rgba: Uint8Array): Uint8Array {
  const pixels = Uint8Array.from(rgba);
  for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3] === 0) pixels.fill(0, at, at + 3);
  return pixels;
}
