/** A dataset whose batches are read in a worker thread. */
import type { HostTensor } from '../../engine/engine.ts';
import { UserError } from '../../terms/errors.ts';
import type { Batch, Dataset, DatasetInfo } from '../dataset.ts';
import type { DataConfig, DeliveredShape } from '../shape.ts';
import { type DataWorker, readingWorker } from './data-worker.ts';
import type { ImagePlan, InputPlan, ReadPlan } from './plan.ts';

export interface WorkerDatasetParts {
  readonly info: Omit<DatasetInfo, 'modality' | 'shape' | 'sourceShape'> & DeliveredShape;
  readonly images: ImagePlan;
  readonly input: InputPlan | null;
  readonly augment: DataConfig['augment'];
  /** The class of every image, or of any where there is no end of them; null without labels. */
  readonly labels: Int32Array | ((index: number) => number) | null;
  /** Releases what the images were read from. */
  readonly release?: () => Promise<void>;
}

/** The plan's records must be as the info says. The worker is told of it at the first read. */
export function workerDataset({ info, images, input, augment, labels, release }: WorkerDatasetParts): Dataset {
  const { imageSize, channels, ...common } = info;
  const shape = [imageSize, imageSize, channels];
  const sourceShape = input && [imageSize, imageSize, input.channels];
  const plan: ReadPlan = { images, imageSize, channels, input, augment };
  const number = nextNumber++;
  let worker: DataWorker | null = null;
  let closed = false;
  const pending = new Set<Promise<unknown>>();
  const labelOf = typeof labels === 'function' ? labels : labels && ((index: number) => labels[index]!);

  const ready = (): DataWorker => {
    const current = readingWorker();
    if (worker === current) return current;
    worker = current;
    // Answered before any read that is asked for after it, and its failure is that read's.
    current.ask('open', { dataset: number, plan }).catch(() => {});
    return current;
  };

  const read = async (indices: readonly number[], keys: Uint32Array | null): Promise<Batch> => {
    const asked = { dataset: number, indices: Float64Array.from(indices), keys };
    const pixels = await ready().ask('read', asked);
    const tensor = (data: Float32Array, of: readonly number[]): HostTensor => ({
      dtype: 'float32',
      shape: [indices.length, ...of],
      data,
    });
    return {
      examples: tensor(pixels.images, shape),
      sources: pixels.inputs && sourceShape && tensor(pixels.inputs, sourceShape),
      labels: labelOf && Int32Array.from(indices, labelOf),
    };
  };

  return {
    info: { ...common, modality: 'images', shape, sourceShape },
    labels: labels instanceof Int32Array ? labels : null,
    read(indices, keys = null) {
      if (closed) return Promise.reject(new UserError('data/closed', 'The dataset is closed: open it again.'));
      const work = read(indices, keys);
      pending.add(work);
      const done = () => pending.delete(work);
      work.then(done, done);
      return work;
    },
    async close() {
      if (closed) return;
      closed = true;
      await Promise.allSettled(pending);
      if (worker && !worker.ended) await worker.ask('close', { dataset: number }).catch(() => {});
      await release?.();
    },
  };
}

let nextNumber = 0;
