/** What an architecture is: networks written over `Layers`, in one of three families. */
import type { ModelOptions } from '../keys/options.ts';
import type { AdversarialAbout, AutoregressiveAbout, VariationalAbout } from './about.ts';
import type { Layers, WeightOptions } from './layers.ts';

/** What an architecture needs to know, taken from the resolved config and the dataset. */
export interface ModelSpec extends Omit<ModelOptions, 'conditional'> {
  /** Shape of one example of the dataset: [height, width, channels] of an image, [values] of a row. */
  readonly example: readonly number[];
  /** Shape of what the dataset pairs with each example, for a network to make it from; null where it pairs nothing. */
  readonly source: readonly number[] | null;
  /** Number of classes when conditional, else 0. */
  readonly classes: number;
  /** Shape of the examples that growing networks work on at their present stage; else `example`. */
  readonly stage: readonly number[];
}

/** What a generator turns into examples; what a model does not use is null. */
export interface GeneratorInputs<V> {
  /** z [latentSize]. */
  readonly latent: V | null;
  /** The class: one-hot, or its embedding. */
  readonly condition: V | null;
  /** One-hot label for normalisation 'conditional-batch'. */
  readonly label: V | null;
  /** What an example is made from where that is no latent: the low-resolution image, the image to translate, in [−1, 1]. */
  readonly source: V | null;
  /** Growing networks: share of the newest stage, a scalar from 0 to 1; null: all of it. */
  readonly fade: V | null;
}

/** What a discriminator judges. */
export interface DiscriminatorInputs<V> extends Omit<GeneratorInputs<V>, 'latent'> {
  /** Examples to judge, `pac` of them side by side in the last dimension. `source` is what they were made from. */
  readonly judged: V;
}

interface Fit<Spec> {
  /** What the networks are made for. */
  readonly examples: ExampleKind;
  /** Says why examples of this shape do not fit the networks, or null; what else they refuse stands in `about`. */
  refuses(spec: Spec): string | null;
  /** The shape that fits nearest to `spec.example`; left out where all of the kind fit. */
  nearestExample?(spec: Spec): readonly number[];
}

/** Images are squares [size, size, channels], vectors rows of numbers [values]. */
export type ExampleKind = 'images' | 'vectors';

/** Two networks against each other. */
export interface AdversarialArchitecture<Spec = ModelSpec> extends Fit<Spec> {
  readonly family: 'adversarial';
  readonly about: AdversarialAbout;
  /** How the layers of the head begin; by default as any other. */
  readonly head?: WeightOptions;
  /** The discriminator itself looks at its batch as `spec.minibatch` says; else `heads.ts` does. */
  readonly seesBatch?: true;
  /** Growing networks: shapes of the examples at every stage, the last being `spec.example`. */
  stages?(spec: Spec): readonly (readonly number[])[];
  /** Growing networks: a real example as the discriminator sees it at `spec.stage`; `fade` as in the inputs. */
  atStage?<V>(layers: Layers<V>, example: V, fade: V | null, spec: Spec): V;
  /** What is left of an example for the generator to make it from again, where it is made from that. */
  reduce?<V>(layers: Layers<V>, example: V, spec: Spec): V;
  /** Returns an example of `spec.stage`, in [−1, 1] or, where the output is linear, about it. */
  generator<V>(layers: Layers<V>, inputs: GeneratorInputs<V>, spec: Spec): V;
  /**
   * Returns features, from which `heads.ts` makes logits: [features], or [height, width, features]
   * where every patch is judged by itself.
   */
  discriminator<V>(layers: Layers<V>, inputs: DiscriminatorInputs<V>, spec: Spec): V;
  /** Self-supervision of the discriminator: what it makes again of real examples from its features. */
  reconstruct?<V>(layers: Layers<V>, features: V, inputs: DiscriminatorInputs<V>, spec: Spec): Reconstruction<V>;
}

/** Both of one shape, with values from −1 to 1. */
export interface Reconstruction<V> {
  readonly made: V;
  readonly wanted: V;
}

/** Variational autoencoder (Kingma and Welling 2014). */
export interface VariationalArchitecture<Spec = ModelSpec> extends Fit<Spec> {
  readonly family: 'variational';
  readonly about: VariationalAbout;
  /** Mean and logarithm of the variance of q(z|x), [latentSize] each. */
  encoder<V>(layers: Layers<V>, example: V, condition: V | null, spec: Spec): { mean: V; logVariance: V };
  /** Logits of the example's values (Bernoulli) or their means (Gaussian), in its shape. */
  decoder<V>(layers: Layers<V>, z: V, condition: V | null, spec: Spec): V;
}

/**
 * p(x) as a product over positions in raster order, values of one position innermost. An image has a
 * position for each pixel and a value for each channel; a row of numbers is one position (`raster.ts`).
 * The network stands in three parts because a sampler runs the first once a row of positions, the second
 * once a position and the third once a value; `networks.ts` puts them together for training.
 */
export interface AutoregressiveArchitecture<Spec = ModelSpec> extends Fit<Spec> {
  readonly family: 'autoregressive';
  readonly about: AutoregressiveAbout;
  /**
   * From the raster, in [−1, 1] of `levels` values: what the rows above tell every position, some maps of one
   * width. Left out where there are no rows above.
   */
  rows?<V>(layers: Layers<V>, raster: V, condition: V | null, spec: Spec): V[];
  /** Features of every position's past, [h, w, features], from the raster and the maps of `rows`. */
  positions<V>(layers: Layers<V>, raster: V, rows: readonly V[], condition: V | null, spec: Spec): V;
  /** Logits of one value, [h, w, levels], from the features and the values before it, [h, w, 1] each. */
  value<V>(layers: Layers<V>, features: V, before: readonly V[], spec: Spec): V;
}

export type Architecture = AdversarialArchitecture | VariationalArchitecture | AutoregressiveArchitecture;
