/** Draws from the prior of a variational autoencoder. */
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensor } from '../engine/engine.ts';
import type { ModelSpec, VariationalArchitecture } from '../models/architecture.ts';
import { normals } from './counter-random.ts';
import type { Drawer, DrawRequest } from './drawer.ts';
import { TensorLayers } from './layers/tensor-layers.ts';
import { oneHot } from './one-hot.ts';
import type { Variables } from './variables.ts';

const BLOCK = 256;

/** @param prefix of the decoder's weights, or of their average. @param bernoulli the decoder's output is logits. */
export function drawerByDecoder(
  architecture: VariationalArchitecture,
  spec: ModelSpec,
  variables: Variables,
  prefix: string,
  bernoulli: boolean,
  engine: Engine,
): Drawer {
  const program = engine.compile('samples', ({ z, labels }) => {
    const layers = new TensorLayers(variables, prefix, { training: false });
    const output = architecture.decoder(layers, z as tf.Tensor, labels ?? null, spec);
    return { examples: bernoulli ? probabilities(output) : tf.clipByValue(output, -1, 1) };
  });
  return {
    block: BLOCK,
    ownLabels: false,
    async draw({ count, labels, seed, stream }: DrawRequest) {
      const data = normals(seed, stream, count * spec.latentSize);
      const z: HostTensor = { dtype: 'float32', shape: [count, spec.latentSize], data };
      const inputs = labels === null ? { z } : { z, labels: oneHot(labels, spec.classes) };
      const { examples } = await program.run(inputs, { seed, step: 0 });
      if (!examples) throw new Error('the sample program returned no examples');
      return { examples, labels, sources: null, wanted: null };
    },
    dispose: () => program.dispose(),
  };
}

/** Probabilities σ(l) of values in [0, 1], as values in [−1, 1]: 2σ(l) − 1 = tanh(l / 2). */
const probabilities = (logits: tf.Tensor): tf.Tensor => tf.tanh(tf.mul(0.5, logits));
