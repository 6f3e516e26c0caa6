import type { ModelConfig } from '../config/resolved-config.ts';
import type { ModelSpec } from './architecture.ts';

/** What a model needs to know of the examples. */
export interface ExampleFacts {
  /** Of one example: [size, size, channels] of an image, [values] of a row. */
  readonly shape: readonly number[];
  /** Of what is paired with each example, for a model to make it from; null where nothing is. */
  readonly sourceShape: readonly number[] | null;
  /** In label order; null without labels. */
  readonly classNames: readonly string[] | null;
}

/** The spec of networks at their full size; without classes where the model is not conditional. */
export function specOf(model: Omit<ModelConfig, 'architecture'>, examples: ExampleFacts): ModelSpec {
  return {
    latentSize: model.latentSize,
    baseChannels: model.baseChannels,
    conditioning: model.conditioning,
    normalization: model.normalization,
    spectralNormalization: model.spectralNormalization,
    selfAttention: model.selfAttention,
    dropout: model.dropout,
    minibatch: model.minibatch,
    pac: model.pac,
    generators: model.generators,
    scale: model.scale,
    blocks: model.blocks,
    levels: model.levels,
    example: examples.shape,
    source: examples.sourceShape,
    stage: examples.shape,
    classes: model.conditional ? (examples.classNames?.length ?? 0) : 0,
  };
}
