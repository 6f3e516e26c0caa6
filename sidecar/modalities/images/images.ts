/** Square images: previews are grids of them. */
import type { HostTensor } from '../../engine/engine.ts';
import type { Modality, PreviewContext, SampleSet } from '../modality.ts';
import { type Channels, encodePicture, enlarge, MARGIN, type Picture, toGrid, withChannels } from './grid.ts';

/** Of a grid of translations. */
const COLUMNS = ['input', 'generated', 'real'] as const;

export const images: Modality = {
  name: 'images',

  /** gridSize × gridSize images; of translations rows of input, generated and real image. */
  request(gridSize, translates) {
    const triples = Math.max(1, Math.round(gridSize / COLUMNS.length));
    return translates
      ? { count: gridSize * triples, columns: triples }
      : { count: gridSize * gridSize, columns: gridSize };
  },

  async preview(samples, context) {
    const picture = pictureOf(samples, context);
    const [size = 0] = context.shape;
    const columns = samples.sources === null ? [] : COLUMNS;
    const { width, height, channels } = picture;
    return {
      layout: { kind: 'grid', columns, pitch: size + MARGIN },
      mime: 'image/png',
      bytes: await encodePicture(picture),
      width,
      height,
      channels,
    };
  },
};

/** Generated images in rows; beside their sources, if they have some, with the real ones. */
export function pictureOf(samples: SampleSet, { request, shape }: Pick<PreviewContext, 'request' | 'shape'>): Picture {
  const [size = 0, , channels = 0] = shape;
  const { sources } = samples;
  return sources === null
    ? toGrid(toSize(samples.examples, shape), size, channels as Channels, request.columns)
    : toGrid(
        besideSources({ ...samples, sources }, shape),
        size,
        channels as Channels,
        request.columns * COLUMNS.length,
      );
}

/** NHWC of this shape; smaller images are enlarged, pixel by pixel, and get its channels. */
export function toSize(
  { shape: [, stored = 0, , depth = 0], data }: HostTensor,
  shape: readonly number[],
): Float32Array {
  const [size = 0, , channels = 0] = shape;
  return enlarge(withChannels(data as Float32Array, depth, channels), stored, channels, size / stored);
}

/** What each was made from, what was made and what is real, one after the other. */
function besideSources(
  { examples, sources, wanted }: SampleSet & { readonly sources: HostTensor },
  shape: readonly number[],
): Float32Array {
  const parts = [sources, examples, wanted ?? examples].map((part) => toSize(part, shape));
  const length = shape.reduce((product, each) => product * each, 1);
  const count = examples.shape[0] ?? 0;
  const cells = new Float32Array(count * parts.length * length);
  for (let i = 0; i < count; i++) {
    for (const [place, from] of parts.entries()) {
      cells.set(from.subarray(i * length, (i + 1) * length), (parts.length * i + place) * length);
    }
  }
  return cells;
}
