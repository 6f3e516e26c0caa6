/**
 * A row of numbers as a product of conditional distributions, p(x₁) p(x₂ | x₁) …, each a softmax over
 * `levels` even steps that a multilayer perceptron of its own gives (Bengio and Bengio 2000, "Modeling
 * High-Dimensional Discrete Data with Multi-Layer Neural Networks", without sharing its hidden units):
 * `blocks` hidden layers of `baseChannels` units.
 */
import type { AutoregressiveArchitecture } from '../architecture.ts';
import { joined } from '../blocks.ts';
import { vectorsOnly } from '../vectors.ts';
import { about } from './about.ts';

export const mlpAutoregressive: AutoregressiveArchitecture = {
  family: 'autoregressive',
  about,
  examples: 'vectors',

  /** A row is one position, which has nothing before it: what it begins from is the same for all, or for its class. */
  positions(layers, raster, _, condition, { baseChannels }) {
    const nothing = layers.shift(raster, 0, 1);
    return layers.dense('begin', joined(layers, nothing, condition), baseChannels);
  },

  value(layers, features, before, { blocks, baseChannels, normalization, dropout, levels }) {
    const name = `value_${before.length + 1}`;
    let x = before.length === 0 ? features : layers.concat([features, ...before]);
    for (let i = 1; i <= blocks; i++) {
      x = layers.dense(`${name}/dense_${i}`, x, baseChannels, { init: 'he-normal' });
      x = layers.normalize(`${name}/norm_${i}`, x, normalization.generator);
      x = layers.dropout(layers.relu(x), dropout);
    }
    return layers.dense(`${name}/logits`, x, levels);
  },

  refuses: vectorsOnly('mlp-autoregressive'),
};
