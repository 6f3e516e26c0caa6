/** Decodes one image file to square 8-bit pixels. */
import { readFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import { UserError } from '../errors.ts';
import type { DeliveredShape, ResizeRule } from './shape.ts';

export type Decode = (path: string) => Promise<Uint8Array>;

const fits = { crop: 'cover', pad: 'contain', stretch: 'fill', refuse: 'fill' } as const;

/**
 * A decoder to [imageSize, imageSize, channels] bytes. Photos are turned upright (EXIF). "crop" takes
 * the centre, "pad" adds black (transparent when alpha is kept), "stretch" changes proportions.
 * Alpha is flattened on black for 1 and 3 channels; grey is Rec. 709 luminance (sRGB to linear
 * light, weighted, and back); other colour spaces become sRGB first.
 * The promise rejects with the library's message if the file cannot be decoded.
 */
export async function createDecoder({ imageSize, channels }: DeliveredShape, resize: ResizeRule): Promise<Decode> {
  const { default: sharp } = await import('sharp').catch((cause) => {
    throw new UserError(
      'data/image-library',
      'The image library (sharp) does not load on this machine: install the package made for this platform.',
      { cause },
    );
  });
  // Many small images at once instead of many threads on one, and no second cache behind ours.
  sharp.concurrency(1);
  sharp.cache(false);
  const black = { r: 0, g: 0, b: 0, alpha: channels === 4 ? 0 : 1 };
  const convert: Readonly<Record<DeliveredShape['channels'], (image: Sharp) => Sharp>> = {
    1: (image) => image.flatten({ background: black }).toColourspace('b-w'),
    3: (image) => image.flatten({ background: black }).toColourspace('srgb'),
    4: (image) => image.ensureAlpha().toColourspace('srgb'),
  };
  return async (path) => {
    const image = sharp(await readFile(path), { failOn: 'error' })
      .autoOrient()
      .resize(imageSize, imageSize, { fit: fits[resize], background: black });
    return convert[channels](image).raw({ depth: 'uchar' }).toBuffer();
  };
}
