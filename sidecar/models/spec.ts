import type { ModelConfig } from '../config/resolved-config.ts';
import type { ModelSpec } from './architecture.ts';

/** What a model needs to know of the images. */
export interface ImageFacts {
  readonly imageSize: number;
  readonly channels: number;
  /** In label order; null without labels. */
  readonly classNames: readonly string[] | null;
  /** Of the images to translate from; 0 where there are none. */
  readonly inputChannels: number;
}

/** The spec of networks at full resolution; without classes where the model is not conditional. */
export function specOf(model: Omit<ModelConfig, 'architecture'>, images: ImageFacts): ModelSpec {
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
    imageSize: images.imageSize,
    channels: images.channels,
    classes: model.conditional ? (images.classNames?.length ?? 0) : 0,
    inputChannels: images.inputChannels,
    resolution: images.imageSize,
  };
}
