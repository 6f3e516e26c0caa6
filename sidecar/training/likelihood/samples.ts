/** Images on request, for models that all make them from a seed and labels. */
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { ModelSpec } from '../../models/architecture.ts';
import { imageSpec } from '../../models/image-architecture.ts';
import type { SampleGrid } from '../../runs/recorder.ts';
import { toGrid } from '../grid.ts';
import type { GenerateRequest } from '../trainer.ts';

/** Images that one program makes at once. */
const CHUNK = 256;

/** Makes `count` images, NHWC in [−1, 1], from what `seed` and `stream` decide. */
export type Draw = (
  count: number,
  labels: ArrayLike<number> | null,
  seed: number,
  stream: string,
) => Promise<Float32Array>;

/** gridSize × gridSize images, always of the same numbers; classes come in order, again and again. */
export async function sampleGrid(
  { monitor: { gridSize }, training: { seed } }: ResolvedConfig,
  spec: ModelSpec,
  draw: Draw,
): Promise<SampleGrid> {
  const { imageSize, channels, classes } = imageSpec(spec);
  const count = gridSize * gridSize;
  const images = await draw(count, chosen(null, classes, 0, count), seed, 'sample grid');
  return toGrid(images, imageSize, channels as SampleGrid['channels'], gridSize);
}

/**
 * All images of a request, some at a time; without labels classes come in turn. But for rounding, an
 * image depends on the seed, its place and its class alone.
 */
export async function generateImages(
  { count, labels, seed }: GenerateRequest,
  spec: ModelSpec,
  draw: Draw,
): Promise<Float32Array> {
  const { imageSize, channels, classes } = imageSpec(spec);
  const images = new Float32Array(count * imageSize * imageSize * channels);
  for (let first = 0, at = 0; first < count; first += CHUNK) {
    const size = Math.min(CHUNK, count - first);
    const made = await draw(size, chosen(labels, classes, first, size), seed, `generate ${first}`);
    images.set(made, at);
    at += made.length;
  }
  return images;
}

/** Class numbers of images from place `first` on; null for a model without classes. */
const chosen = (labels: ArrayLike<number> | null, classes: number, first: number, count: number): number[] | null =>
  classes > 0 ? Array.from({ length: count }, (_, i) => labels?.[first + i] ?? (first + i) % classes) : null;
