/** The networks of an adversarial run over tensors, at one stage of their growth. */
import type * as tf from '@tensorflow/tfjs-core';
import type { AdversarialAbout } from '../../models/about.ts';
import type { AdversarialArchitecture, ModelSpec } from '../../models/architecture.ts';
import type { Judgement as JudgementOf } from '../../models/heads.ts';
import { discriminate, generate, generatorNames, isSpectral } from '../../models/networks.ts';
import type { Mode } from '../layers/mode.ts';
import { TensorLayers } from '../layers/tensor-layers.ts';
import { averageName } from '../update/weight-average.ts';
import type { Variables } from '../variables.ts';
import { pack, packLabels } from './pack.ts';

export type Judgement = JudgementOf<tf.Tensor>;

/** What comes with a batch of examples; null where the model has no use for it. */
export interface Beside {
  /** One-hot [n, classes]. */
  readonly labels: tf.Tensor2D | null;
  /** What examples are made from where that is no latent. */
  readonly source: tf.Tensor | null;
  /** Share of a growing network's newest stage. */
  readonly fade: tf.Scalar | null;
}

export interface GanNetworks {
  readonly spec: ModelSpec;
  readonly from: AdversarialAbout['from'];
  /** Examples [n, …stage] of generator `which`, by its weights or their average. */
  generate(
    which: number,
    inputs: Beside & { readonly latent: tf.Tensor2D | null },
    mode: Mode,
    averaged?: boolean,
  ): tf.Tensor;
  /**
   * Examples [n, …stage] to what is said of each, or of each `pac` of them together; `reconstructs` as in
   * `models/networks.ts`.
   */
  discriminate(examples: tf.Tensor, beside: Beside, mode: Mode, reconstructs?: boolean): Judgement;
  /** Real examples [n, …example] as the discriminator sees them at this stage, [n, …stage]. */
  atStage(examples: tf.Tensor, fade: tf.Scalar | null): tf.Tensor;
  /** What the generator makes examples [n, …example] from again; null where it is not made from them. */
  reduce(examples: tf.Tensor): tf.Tensor | null;
}

/** `variables` have the weights, under the networks' names. */
export function ganNetworks(architecture: AdversarialArchitecture, spec: ModelSpec, variables: Variables): GanNetworks {
  const names = generatorNames(spec);
  const layers = (name: string, network: 'generator' | 'discriminator', mode: Mode) =>
    new TensorLayers(variables, name, mode, { spectralNormalization: isSpectral(spec, network) });
  /** For what has no weights. */
  const plain = layers('', 'discriminator', { training: false });
  return {
    spec,
    from: architecture.about.from,
    generate(which, { latent, labels, source, fade }, mode, averaged = false) {
      const name = names[which] as string;
      const weights = layers(averaged ? averageName(name) : name, 'generator', mode);
      return generate<tf.Tensor>(weights, architecture, { latent, label: labels, source, fade }, spec);
    },
    discriminate(examples, { labels, source, fade }, mode, reconstructs = false) {
      const { pac } = spec;
      const label = labels === null ? null : packLabels(labels, pac);
      const inputs = { judged: pack(examples, pac), label, source, fade };
      const weights = layers('discriminator', 'discriminator', mode);
      return discriminate<tf.Tensor>(weights, architecture, inputs, spec, reconstructs);
    },
    atStage: (examples, fade) => architecture.atStage?.<tf.Tensor>(plain, examples, fade, spec) ?? examples,
    reduce: (examples) => architecture.reduce?.<tf.Tensor>(plain, examples, spec) ?? null,
  };
}
