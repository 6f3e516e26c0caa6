/** Images that the generators make in inference mode. */
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensorMap } from '../../engine/engine.ts';
import { imageSpec } from '../../models/image-architecture.ts';
import { enlarge } from '../grid.ts';
import type { GanNetworks } from './networks.ts';

export interface Made {
  /** NHWC in [−1, 1] of the dataset's size; a smaller resolution is enlarged, pixel by pixel. */
  readonly images: Float32Array;
  /** What super-resolution made them from, [n, size / scale, size / scale, channels]; null elsewhere. */
  readonly low: Float32Array | null;
}

export interface ImageMaker {
  /** `inputs`: `latent`, or `examples` or `sources` to begin with; `labels` and `fade` where there are some. */
  make(which: number, inputs: HostTensorMap): Promise<Made>;
  dispose(): void;
}

/** With the generators' weights or, where `averaged`, with their average. */
export function compileImageMaker(networks: GanNetworks, averaged: boolean, engine: Engine): ImageMaker {
  const spec = imageSpec(networks.spec);
  const programs = Array.from({ length: spec.generators }, (_, which) =>
    engine.compile('samples', ({ latent, examples, sources, labels, fade }) => {
      const low = examples === undefined ? null : networks.reduce(examples as tf.Tensor);
      const inputs = {
        latent: (latent ?? null) as tf.Tensor2D | null,
        labels: (labels ?? null) as tf.Tensor2D | null,
        source: low ?? ((sources ?? null) as tf.Tensor | null),
        fade: (fade ?? null) as tf.Scalar | null,
      };
      // Some generators end in a linear layer, which may leave the range a little.
      const made = tf.clipByValue(networks.generate(which, inputs, { training: false }, averaged), -1, 1);
      return low === null ? { images: made } : { images: made, low };
    }),
  );
  return {
    async make(which, inputs) {
      // Nothing in inference is drawn at random.
      const made = await programs[which]?.run(inputs, { seed: 0, step: 0 });
      if (!made?.images) throw new Error('the sample program returned no images');
      const { resolution, channels, imageSize } = spec;
      const images = enlarge(made.images.data as Float32Array, resolution, channels, imageSize / resolution);
      return { images, low: (made.low?.data as Float32Array | undefined) ?? null };
    },
    dispose() {
      for (const program of programs) program.dispose();
    },
  };
}
