/** The generators in inference mode, as programs. */
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensor, HostTensorMap } from '../../engine/engine.ts';
import type { GanNetworks } from './networks.ts';

export interface Made {
  /** [n, …stage] in [−1, 1]. */
  readonly examples: HostTensor;
  /** What they were made from where that was left of an example; null elsewhere. */
  readonly reduced: HostTensor | null;
}

export interface GeneratorPrograms {
  /** `inputs`: `latent`, or `examples` or `sources` to begin with; `labels` and `fade` where there are some. */
  make(which: number, inputs: HostTensorMap): Promise<Made>;
  dispose(): void;
}

/** With the generators' weights or, where `averaged`, with their average. */
export function compileGenerators(networks: GanNetworks, averaged: boolean, engine: Engine): GeneratorPrograms {
  const programs = Array.from({ length: networks.spec.generators }, (_, which) =>
    engine.compile('samples', ({ latent, examples, sources, labels, fade }) => {
      const reduced = examples === undefined ? null : networks.reduce(examples);
      const inputs = {
        latent: (latent ?? null) as tf.Tensor2D | null,
        labels: (labels ?? null) as tf.Tensor2D | null,
        source: reduced ?? sources ?? null,
        fade: (fade ?? null) as tf.Scalar | null,
      };
      // Some generators end in a linear layer, which may leave the range a little.
      const made = tf.clipByValue(networks.generate(which, inputs, { training: false }, averaged), -1, 1);
      return reduced === null ? { examples: made } : { examples: made, reduced };
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
