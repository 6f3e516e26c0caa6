/** The networks of an adversarial run over tensors, at one resolution. */
import type * as tf from '@tensorflow/tfjs-core';
import type { AdversarialArchitecture, ModelSpec } from '../../models/architecture.ts';
import type { Judgement as JudgementOf } from '../../models/heads.ts';
import { discriminate, generate, generatorNames, isSpectral } from '../../models/networks.ts';
import type { Mode } from '../layers/mode.ts';
import { TensorLayers } from '../layers/tensor-layers.ts';
import { averageName } from '../update/weight-average.ts';
import type { Variables } from '../variables.ts';
import { pack, packLabels } from './pack.ts';

export type Judgement = JudgementOf<tf.Tensor>;

/** What comes with a batch of images; null where the model has no use for it. */
export interface Beside {
  /** One-hot [n, classes]. */
  readonly labels: tf.Tensor2D | null;
  /** What images are made from where that is an image, [n, h, w, c]. */
  readonly source: tf.Tensor4D | null;
  /** Share of a growing network's newest resolution. */
  readonly fade: tf.Scalar | null;
}

export interface GanNetworks {
  readonly spec: ModelSpec;
  readonly from: AdversarialArchitecture['from'];
  /** Images [n, resolution, resolution, channels] of generator `which`, by its weights or their average. */
  generate(
    which: number,
    inputs: Beside & { readonly latent: tf.Tensor2D | null },
    mode: Mode,
    averaged?: boolean,
  ): tf.Tensor4D;
  /** Images [n, …] to what is said of each, or of each `pac` of them together. */
  discriminate(images: tf.Tensor4D, beside: Beside, mode: Mode): Judgement;
}

/** `variables` have the weights, under the networks' names. */
export function ganNetworks(architecture: AdversarialArchitecture, spec: ModelSpec, variables: Variables): GanNetworks {
  const names = generatorNames(spec);
  const layers = (name: string, network: 'generator' | 'discriminator', mode: Mode) =>
    new TensorLayers(variables, name, mode, { spectralNormalization: isSpectral(spec, network) });
  return {
    spec,
    from: architecture.from,
    generate(which, { latent, labels, source, fade }, mode, averaged = false) {
      const name = names[which] as string;
      const weights = layers(averaged ? averageName(name) : name, 'generator', mode);
      const inputs = { latent, label: labels, image: source, fade };
      return generate<tf.Tensor>(weights, architecture, inputs, spec) as tf.Tensor4D;
    },
    discriminate(images, { labels, source, fade }, mode) {
      const { pac } = spec;
      const label = labels === null ? null : packLabels(labels, pac);
      const inputs = { judged: pack(images, pac), label, image: source, fade };
      return discriminate<tf.Tensor>(layers('discriminator', 'discriminator', mode), architecture, inputs, spec);
    },
  };
}
