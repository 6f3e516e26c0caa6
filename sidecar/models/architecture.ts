/** What an architecture is: networks written over `Layers`, in one of three families. */
import type { Conditioning, ModelConfig } from '../config/resolved-config.ts';
import type { Layers, WeightOptions } from './layers.ts';

/** What an architecture needs to know, taken from the resolved config and the dataset. */
export interface ModelSpec
  extends Pick<
    ModelConfig,
    | 'latentSize'
    | 'baseChannels'
    | 'blocks'
    | 'normalization'
    | 'spectralNormalization'
    | 'selfAttention'
    | 'dropout'
    | 'minibatch'
    | 'pac'
    | 'generators'
    | 'scale'
    | 'levels'
  > {
  /** Height and width of the square image, in pixels. */
  readonly imageSize: number;
  readonly channels: number;
  /** Number of classes when conditional, else 0. */
  readonly classes: number;
  readonly conditioning: Conditioning;
  /** Channels of the image that image-to-image translates from; 0 for other models. */
  readonly inputChannels: number;
  /** Progressive growing: height and width that the networks work at now; else `imageSize`. */
  readonly resolution: number;
}

/** What a generator turns into images; what a model does not use is null. */
export interface GeneratorInputs<V> {
  /** z [latentSize]. */
  readonly latent: V | null;
  /** The class: one-hot, or its embedding. */
  readonly condition: V | null;
  /** One-hot label for normalisation 'conditional-batch'. */
  readonly label: V | null;
  /** The low-resolution image, or the one to translate, in [−1, 1]. */
  readonly image: V | null;
  /** Progressive growing: share of the newest resolution, a scalar from 0 to 1; null: all of it. */
  readonly fade: V | null;
}

/** What a discriminator judges. */
export interface DiscriminatorInputs<V> extends Omit<GeneratorInputs<V>, 'latent'> {
  /** Images to judge, `pac` of them side by side in the channels. `image` is what they were made from. */
  readonly judged: V;
}

interface Sizes {
  /** Says why this spec does not fit the networks, or null. */
  refuses(spec: ModelSpec): string | null;
  /** A size that fits, nearest to the asked one. */
  nearestImageSize(imageSize: number, spec?: Partial<ModelSpec>): number;
}

/** Two networks against each other. */
export interface AdversarialArchitecture extends Sizes {
  readonly family: 'adversarial';
  /** What the generator makes images from. */
  readonly from: 'latent' | 'low-resolution' | 'image';
  /** How the layers of the head begin; by default as any other. */
  readonly head?: WeightOptions;
  /** The discriminator itself looks at its batch as `spec.minibatch` says; else `heads.ts` does. */
  readonly seesBatch?: true;
  /** Progressive growing: every resolution that the networks work at, the last being the image's size. */
  resolutions?(spec: ModelSpec): readonly number[];
  /** Returns an image of `spec.resolution`, in [−1, 1] or, where the output is linear, about it. */
  generator<V>(layers: Layers<V>, inputs: GeneratorInputs<V>, spec: ModelSpec): V;
  /**
   * Returns features, from which `heads.ts` makes logits: [features], or [height, width, features]
   * where every patch is judged by itself.
   */
  discriminator<V>(layers: Layers<V>, inputs: DiscriminatorInputs<V>, spec: ModelSpec): V;
}

/** Variational autoencoder (Kingma and Welling 2014). */
export interface VariationalArchitecture extends Sizes {
  readonly family: 'variational';
  /** Mean and logarithm of the variance of q(z|x), [latentSize] each. */
  encoder<V>(layers: Layers<V>, image: V, condition: V | null, spec: ModelSpec): { mean: V; logVariance: V };
  /** Logits of the pixels (Bernoulli) or their means (Gaussian): [size, size, channels]. */
  decoder<V>(layers: Layers<V>, z: V, condition: V | null, spec: ModelSpec): V;
}

/**
 * p(x) as a product over pixels in raster order, channels innermost. The network stands in three parts
 * because a sampler runs the first once a row, the second once a pixel and the third once a channel;
 * `networks.ts` puts them together for training.
 */
export interface AutoregressiveArchitecture extends Sizes {
  readonly family: 'autoregressive';
  /** From the image, in [−1, 1] of `levels` values: what the rows above tell every pixel, some maps of one width. */
  rows<V>(layers: Layers<V>, image: V, condition: V | null, spec: ModelSpec): V[];
  /** Features of every pixel's past, [h, w, features], from the image and the maps of `rows`. */
  pixels<V>(layers: Layers<V>, image: V, rows: readonly V[], condition: V | null, spec: ModelSpec): V;
  /** Logits of one channel, [h, w, levels], from the features and the channels before it, [h, w, 1] each. */
  channel<V>(layers: Layers<V>, features: V, before: readonly V[], spec: ModelSpec): V;
}

export type Architecture = AdversarialArchitecture | VariationalArchitecture | AutoregressiveArchitecture;
