/** The two networks of a run: their variables, and each as a function of a batch. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../config/schema.ts';
import type { DatasetInfo } from '../data/dataset.ts';
import { UserError } from '../errors.ts';
import { describeModel } from '../models/describe.ts';
import { architectures } from '../models/index.ts';
import type { ModelShape } from '../models/layers.ts';
import { type Mode, TensorLayers } from './tensor-layers.ts';
import type { Variables } from './variables.ts';

export interface Networks {
  readonly shape: ModelShape;
  /** z: [n, latentSize], label: one-hot [n, classes] or null; images [n, size, size, channels] in [−1, 1]. */
  generate(z: Tensor, label: Tensor | null, mode: Mode): Tensor;
  /** Logits [n, 1]. */
  discriminate(images: Tensor, label: Tensor | null, mode: Mode): Tensor;
}

/** Throws UserError where config and dataset do not go together. */
export function modelShape({ model }: ResolvedConfig, dataset: DatasetInfo): ModelShape {
  if (model.conditional && dataset.classNames === null) {
    throw new UserError(
      'model/no-labels',
      `model.conditional needs labels, and ${dataset.name} has none: give data.labels, or set model.conditional to false`,
    );
  }
  const shape = {
    latentSize: model.latentSize,
    imageSize: dataset.imageSize,
    channels: dataset.channels,
    classes: model.conditional ? (dataset.classNames?.length ?? 0) : 0,
    baseChannels: model.baseChannels,
  };
  const architecture = architectures[model.architecture];
  const refusal = architecture.refuses(shape);
  if (refusal !== null) {
    const size = architecture.nearestImageSize(shape.imageSize);
    throw new UserError('model/image-size', `${refusal}: set data.imageSize to ${size}`);
  }
  return shape;
}

/** Adds the weights of both networks to `variables`, drawn from the config's seed. */
export function createNetworks(config: ResolvedConfig, shape: ModelShape, variables: Variables): Networks {
  const { architecture: name } = config.model;
  const { seed, batchSize } = config.training;
  const architecture = architectures[name];
  const described = describeModel(name, shape, batchSize);
  variables.addWeights('generator', described.generator.weights, seed);
  variables.addWeights('discriminator', described.discriminator.weights, seed);
  return {
    shape,
    generate: (z, label, mode) =>
      architecture.generator(new TensorLayers(variables, 'generator', mode), z, label, shape),
    discriminate: (images, label, mode) =>
      architecture.discriminator(new TensorLayers(variables, 'discriminator', mode), images, label, shape),
  };
}
