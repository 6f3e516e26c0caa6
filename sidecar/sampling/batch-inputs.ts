import type { Batch } from '../data/dataset.ts';
import type { HostTensor, HostTensorMap } from '../engine/engine.ts';
import type { ModelSpec } from '../models/architecture.ts';
import { oneHot } from './one-hot.ts';

/**
 * A batch as a step's inputs: `examples` [n, …example], `labels` one-hot [n, classes] where the model
 * has classes, `sources` [n, …source] where it makes examples from those.
 */
export function batchInputs({ examples, labels, sources }: Batch, { source, classes }: ModelSpec): HostTensorMap {
  return {
    examples,
    ...(classes > 0 && labels !== null && { labels: oneHot(labels, classes) }),
    ...(source !== null && sources !== null && { sources }),
  };
}

export const scalarInput = (value: number): HostTensor => ({
  dtype: 'float32',
  shape: [],
  data: Float32Array.of(value),
});
