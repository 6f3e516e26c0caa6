/** Reads batches by a plan: what a worker does all through training. */
import { luma, sobel } from './edges.ts';
import { imageReader, type ReadImage } from './images.ts';
import type { ReadPlan } from './plan.ts';
import { variationOf, writePixels } from './variation.ts';

export interface BatchPixels {
  readonly images: Float32Array;
  readonly inputs: Float32Array | null;
}

export class BatchReader {
  readonly #plan: ReadPlan;
  readonly #read: ReadImage;
  readonly #grey: Float32Array;

  constructor(plan: ReadPlan) {
    this.#plan = plan;
    this.#read = imageReader(plan);
    this.#grey = new Float32Array(plan.imageSize ** 2);
  }

  /** As `Dataset.read`. */
  read(indices: Float64Array, keys: Uint32Array | null): BatchPixels {
    const { imageSize, channels, input, augment } = this.#plan;
    const area = imageSize * imageSize;
    const pixels = area * channels;
    const images = new Float32Array(indices.length * pixels);
    const inputs = input && new Float32Array(indices.length * area * input.channels);
    const varied = keys !== null && (augment.flip || augment.shift > 0);
    indices.forEach((index, i) => {
      const bytes = this.#read(index);
      const variation = varied ? variationOf(keys[i]!, augment) : null;
      const image = images.subarray(i * pixels, (i + 1) * pixels);
      writePixels(bytes, imageSize, channels, variation, image);
      if (!input || !inputs) return;
      const into = inputs.subarray(i * area * input.channels, (i + 1) * area * input.channels);
      if (input.kind === 'stored') {
        writePixels(bytes.subarray(pixels), imageSize, input.channels, variation, into);
      } else if (input.kind === 'grey') {
        luma(image, channels, into);
      } else {
        luma(image, channels, this.#grey);
        sobel(this.#grey, imageSize, into);
      }
    });
    return { images, inputs };
  }
}
