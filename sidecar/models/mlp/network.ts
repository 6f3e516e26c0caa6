/**
 * Two multilayer perceptrons against each other, for rows of numbers: the generator and discriminator that
 * papers on mode collapse train on rings and grids of Gaussians (Metz et al. 2017, "Unrolled Generative
 * Adversarial Networks", appendix A; Srivastava et al. 2017, VEEGAN). `blocks` hidden layers of
 * `baseChannels` units each; the generator ends in a linear layer.
 */
import type { AdversarialArchitecture } from '../architecture.ts';
import { dropped, given, joined, keepsBias, SLOPE } from '../blocks.ts';
import { vectorsOnly } from '../vectors.ts';
import { about } from './about.ts';

export const mlp: AdversarialArchitecture = {
  family: 'adversarial',
  about,
  examples: 'vectors',

  generator(layers, { latent, condition, label }, { example, baseChannels, blocks, normalization }) {
    const kind = normalization.generator;
    let x = joined(layers, given(latent, 'z'), condition);
    for (let i = 1; i <= blocks; i++) {
      x = layers.dense(`dense_${i}`, x, baseChannels, { init: 'he-normal', bias: keepsBias(kind) });
      x = layers.relu(layers.normalize(`norm_${i}`, x, kind, label));
    }
    return layers.dense('output', x, example[0] ?? 1);
  },

  discriminator(layers, { judged, condition, label }, { baseChannels, blocks, normalization, dropout }) {
    const kind = normalization.discriminator;
    let x = joined(layers, judged, condition);
    for (let i = 1; i <= blocks; i++) {
      x = layers.dense(`dense_${i}`, x, baseChannels, { init: 'he-normal', bias: keepsBias(kind) });
      x = dropped(layers, layers.leakyRelu(layers.normalize(`norm_${i}`, x, kind, label), SLOPE), dropout);
    }
    return x;
  },

  refuses: vectorsOnly('mlp'),
};
