/** A picture of generated images, small enough to be kept with the sources. */
import sharp from 'sharp';
import type { GeneratedImages } from '../../../sidecar/evaluation/features/image-set.ts';
import { type Channels, toGrid } from '../../../sidecar/modalities/images/grid.ts';

const LARGEST = 30_000;
const COLOURS = [256, 128, 64, 32, 16, 8, 4];

/** PNG with a palette, of at most 30 kB: ten columns, one a class, for a conditional model; else eight. */
export async function drawPicture({ pixels, size, channels, labels }: GeneratedImages): Promise<Buffer> {
  const columns = labels === null ? 8 : 10;
  const shown = pixels.subarray(0, columns * columns * size * size * channels);
  const { width, height, ...grid } = toGrid(shown, size, channels as Channels, columns);
  let picture = Buffer.alloc(0);
  for (const colours of COLOURS) {
    picture = await sharp(grid.pixels, { raw: { width, height, channels: grid.channels } })
      .flatten({ background: 'white' })
      .png({ palette: true, colours, dither: 0, effort: 10, compressionLevel: 9 })
      .toBuffer();
    if (picture.length <= LARGEST) break;
  }
  return picture;
}
