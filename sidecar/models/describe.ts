/** What a pair of networks consists of and costs, from shapes alone. */
import type { ArchitectureName } from '../config/schema.ts';
import { architectures } from './index.ts';
import type { ModelShape } from './layers.ts';
import { elements, ShapeLayers, type WeightSpec } from './shape-layers.ts';

export interface NetworkDescription {
  /** Trainable values; batch normalisation's moving statistics are not counted. */
  readonly parameters: number;
  /** Every weight, in the order of the layers. */
  readonly weights: readonly WeightSpec[];
  /** Shape of what it returns, without the batch dimension. */
  readonly output: readonly number[];
}

export interface ModelDescription {
  readonly generator: NetworkDescription;
  readonly discriminator: NetworkDescription;
  /**
   * Bytes of layer outputs that one discriminator update makes: the generator once, the
   * discriminator on real and on generated images, float32. An engine that frees or fuses needs less.
   */
  readonly bytesPerBatch: number;
}

/** Describes the networks; throws RangeError where the architecture `refuses` the shape. */
export function describeModel(name: ArchitectureName, shape: ModelShape, batchSize: number): ModelDescription {
  const architecture = architectures[name];
  const refusal = architecture.refuses(shape);
  if (refusal !== null) throw new RangeError(refusal);

  const label = shape.classes > 0 ? { dims: [shape.classes] } : null;
  const image = { dims: [shape.imageSize, shape.imageSize, shape.channels] };
  const generator = new ShapeLayers();
  const generated = architecture.generator(generator, { dims: [shape.latentSize] }, label, shape);
  const discriminator = new ShapeLayers();
  const logit = architecture.discriminator(discriminator, image, label, shape);

  return {
    generator: network(generator, generated.dims),
    discriminator: network(discriminator, logit.dims),
    bytesPerBatch: 4 * batchSize * (generator.activations + 2 * discriminator.activations),
  };
}

function network({ weights }: ShapeLayers, output: readonly number[]): NetworkDescription {
  const trainable = weights.filter((weight) => weight.trainable);
  return { parameters: trainable.reduce((sum, weight) => sum + elements(weight.shape), 0), weights, output };
}
