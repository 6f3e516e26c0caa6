import type { Batch } from '../data/dataset.ts';
import type { HostTensor, HostTensorMap } from '../engine/engine.ts';
import type { ModelSpec } from '../models/architecture.ts';
import { oneHot } from './one-hot.ts';

/**
 * A batch as a step's inputs: `images` [n, size, size, channels], `labels` one-hot [n, classes] where
 * the model has classes, `sources` [n, size, size, inputChannels] where it makes images from those.
 */
export function batchInputs({ images, labels, inputs }: Batch, spec: ModelSpec): HostTensorMap {
  const { imageSize, channels, inputChannels, classes } = spec;
  const count = images.length / (imageSize * imageSize * channels);
  const pixels = (data: Float32Array, depth: number): HostTensor => ({
    dtype: 'float32',
    shape: [count, imageSize, imageSize, depth],
    data,
  });
  return {
    images: pixels(images, channels),
    ...(classes > 0 && labels !== null && { labels: oneHot(labels, classes) }),
    ...(inputChannels > 0 && inputs !== null && { sources: pixels(inputs, inputChannels) }),
  };
}

export const scalarInput = (value: number): HostTensor => ({
  dtype: 'float32',
  shape: [],
  data: Float32Array.of(value),
});
