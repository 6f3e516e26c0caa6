/** The generators of an adversarial model in inference mode, as programs. */
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensor, HostTensorMap } from '../engine/engine.ts';
import type { AdversarialArchitecture, ModelSpec } from '../models/architecture.ts';
import { generate, generatorNames, isSpectral } from '../models/networks.ts';
import { averageName } from './average-name.ts';
import type { Mode } from './layers/mode.ts';
import { TensorLayers } from './layers/tensor-layers.ts';
import type { Variables } from './variables.ts';

/** What a generator makes examples from; null where the model has no use for it. */
export interface GeneratorTensors {
  /** z [n, latentSize]. */
  readonly latent: tf.Tensor2D | null;
  /** One-hot [n, classes]. */
  readonly labels: tf.Tensor2D | null;
  /** What examples are made from where that is no latent. */
  readonly source: tf.Tensor | null;
  /** Share of a growing network's newest stage. */
  readonly fade: tf.Scalar | null;
}

/** Examples [n, …stage] of generator `which`, by its weights or their average. */
export function generateBy(
  architecture: AdversarialArchitecture,
  spec: ModelSpec,
  variables: Variables,
  which: number,
  { latent, labels, source, fade }: GeneratorTensors,
  mode: Mode,
  averaged = false,
): tf.Tensor {
  const name = generatorNames(spec)[which] as string;
  const spectralNormalization = isSpectral(spec, 'generator');
  const layers = new TensorLayers(variables, averaged ? averageName(name) : name, mode, { spectralNormalization });
  return generate<tf.Tensor>(layers, architecture, { latent, label: labels, source, fade }, spec);
}

/** What the generator makes examples [n, …example] from again; null where it is not made from them. */
export function reduceBy(
  architecture: AdversarialArchitecture,
  spec: ModelSpec,
  variables: Variables,
  examples: tf.Tensor,
): tf.Tensor | null {
  const layers = new TensorLayers(variables, '', { training: false });
  return architecture.reduce?.<tf.Tensor>(layers, examples, spec) ?? null;
}

export interface GeneratorOutput {
  /** [n, …stage] in [−1, 1]. */
  readonly examples: HostTensor;
  /** What they were made from where that was left of an example; null elsewhere. */
  readonly reduced: HostTensor | null;
}

export interface GeneratorPrograms {
  /** `inputs`: `latent`, or `examples` or `sources` to begin with; `labels` and `fade` where there are some. */
  make(which: number, inputs: HostTensorMap): Promise<GeneratorOutput>;
  dispose(): void;
}

/** At the stage of `spec`; with the generators' weights or, where `averaged`, with their average. */
export function compileGenerators(
  architecture: AdversarialArchitecture,
  spec: ModelSpec,
  variables: Variables,
  averaged: boolean,
  engine: Engine,
): GeneratorPrograms {
  const programs = Array.from({ length: spec.generators }, (_, which) =>
    engine.compile('samples', ({ latent, examples, sources, labels, fade }) => {
      const reduced = examples === undefined ? null : reduceBy(architecture, spec, variables, examples);
      const inputs = {
        latent: (latent ?? null) as tf.Tensor2D | null,
        labels: (labels ?? null) as tf.Tensor2D | null,
        source: reduced ?? sources ?? null,
        fade: (fade ?? null) as tf.Scalar | null,
      };
      const made = generateBy(architecture, spec, variables, which, inputs, { training: false }, averaged);
      // Some generators end in a linear layer, which may leave the range a little.
      const within = tf.clipByValue(made, -1, 1);
      return reduced === null ? { examples: within } : { examples: within, reduced };
    }),
  );
  return {
    async make(which, inputs) {
      // Nothing in inference is drawn at random.
      const made = await programs[which]?.run(inputs, { seed: 0, step: 0 });
      if (!made?.examples) throw new Error('the sample program returned no examples');
      return { examples: made.examples, reduced: made.reduced ?? null };
    },
    dispose() {
      for (const program of programs) program.dispose();
    },
  };
}
