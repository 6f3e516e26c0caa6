/**
 * Variational autoencoder (Kingma and Welling 2014) of multilayer perceptrons, for rows of numbers: `blocks`
 * hidden layers of `baseChannels` units in the encoder and as many in the decoder. Labels join both (Sohn et
 * al. 2015).
 */
import type { ModelSpec, VariationalArchitecture } from '../architecture.ts';
import { joined, keepsBias } from '../blocks.ts';
import type { Layers } from '../layers.ts';
import { vectorsOnly } from '../vectors.ts';
import { about } from './about.ts';

export const mlpVae: VariationalArchitecture = {
  family: 'variational',
  about,
  examples: 'vectors',

  encoder(layers, example, condition, spec) {
    const x = hidden(layers, joined(layers, example, condition), condition, spec);
    return {
      mean: layers.dense('mean', x, spec.latentSize),
      logVariance: layers.dense('log_variance', x, spec.latentSize, { gain: 0.1 }),
    };
  },

  decoder(layers, z, condition, spec) {
    return layers.dense('output', hidden(layers, joined(layers, z, condition), condition, spec), spec.example[0] ?? 1);
  },

  refuses: vectorsOnly('mlp-vae'),
};

function hidden<V>(layers: Layers<V>, input: V, label: V | null, spec: ModelSpec): V {
  const kind = spec.normalization.generator;
  let x = input;
  for (let i = 1; i <= spec.blocks; i++) {
    x = layers.dense(`dense_${i}`, x, spec.baseChannels, { init: 'he-normal', bias: keepsBias(kind) });
    x = layers.dropout(layers.relu(layers.normalize(`norm_${i}`, x, kind, label)), spec.dropout);
  }
  return x;
}
