/** The networks of an adversarial run over tensors, at one stage of their growth. */
import type * as tf from '@tensorflow/tfjs-core';
import type { AdversarialAbout } from '../../models/about.ts';
import type { AdversarialArchitecture, ModelSpec } from '../../models/architecture.ts';
import type { Judgement as JudgementOf } from '../../models/heads.ts';
import { discriminate, isSpectral } from '../../models/networks.ts';
import { type GeneratorTensors, generateBy, reduceBy } from '../../sampling/generators.ts';
import type { Mode } from '../../sampling/layers/mode.ts';
import { TensorLayers } from '../../sampling/layers/tensor-layers.ts';
import type { Variables } from '../../sampling/variables.ts';
import { pack, packLabels } from './pack.ts';

export type Judgement = JudgementOf<tf.Tensor>;

/** What comes with a batch of examples; null where the model has no use for it. */
export type Conditions = Omit<GeneratorTensors, 'latent'>;

export interface GanNetworks {
  readonly spec: ModelSpec;
  readonly from: AdversarialAbout['from'];
  /** Examples [n, …stage] of generator `which`. */
  generate(which: number, inputs: GeneratorTensors, mode: Mode): tf.Tensor;
  /**
   * Examples [n, …stage] to what is said of each, or of each `pac` of them together; `reconstructs` as in
   * `models/networks.ts`.
   */
  discriminate(examples: tf.Tensor, conditions: Conditions, mode: Mode, reconstructs?: boolean): Judgement;
  /** Real examples [n, …example] as the discriminator sees them at this stage, [n, …stage]. */
  atStage(examples: tf.Tensor, fade: tf.Scalar | null): tf.Tensor;
  /** What the generator makes examples [n, …example] from again; null where it is not made from them. */
  reduce(examples: tf.Tensor): tf.Tensor | null;
}

/** `variables` have the weights, under the networks' names. */
export function ganNetworks(architecture: AdversarialArchitecture, spec: ModelSpec, variables: Variables): GanNetworks {
  const spectralNormalization = isSpectral(spec, 'discriminator');
  const layers = (mode: Mode) => new TensorLayers(variables, 'discriminator', mode, { spectralNormalization });
  /** For what has no weights. */
  const plain = layers({ training: false });
  return {
    spec,
    from: architecture.about.from,
    generate: (which, inputs, mode) => generateBy(architecture, spec, variables, which, inputs, mode),
    discriminate(examples, { labels, source, fade }, mode, reconstructs = false) {
      const { pac } = spec;
      const label = labels === null ? null : packLabels(labels, pac);
      const inputs = { judged: pack(examples, pac), label, source, fade };
      return discriminate<tf.Tensor>(layers(mode), architecture, inputs, spec, reconstructs);
    },
    atStage: (examples, fade) => architecture.atStage?.<tf.Tensor>(plain, examples, fade, spec) ?? examples,
    reduce: (examples) => reduceBy(architecture, spec, variables, examples),
  };
}
