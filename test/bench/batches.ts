/** The images that every engine trains on: noise, the same in each process. */
import { uniforms } from '../../sidecar/sampling/counter-random.ts';
import { BATCHES, type Batch, type Images, SEED } from './models/model.ts';

/** Uniform noise in [−1, 1); labels count through the classes. */
export function makeBatches({ size, channels, classes }: Images, batchSize: number): Batch[] {
  const values = batchSize * size * size * channels;
  const labels = classes > 0 ? Int32Array.from({ length: batchSize }, (_, at) => at % classes) : null;
  return Array.from({ length: BATCHES }, (_, at) => ({
    images: uniforms(SEED, `images ${at}`, values).map((x) => 2 * x - 1),
    labels,
  }));
}
