/** Trains a variational autoencoder (Kingma and Welling 2014) and samples from its prior. */
import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { Engine, HostTensor, StepRandom } from '../../engine/engine.ts';
import type { ModelSpec, VariationalArchitecture } from '../../models/architecture.ts';
import { ShapeLayers } from '../../models/shape-layers.ts';
import { elbo } from '../../objectives/elbo/loss.ts';
import { normals } from '../counter-random.ts';
import { TensorLayers } from '../layers/tensor-layers.ts';
import { type Draw, generateExamples, previewSamples } from '../likelihood/samples.ts';
import { compileLikelihoodStep, type Forward } from '../likelihood/train-step.ts';
import { oneHot } from '../one-hot.ts';
import type { Trainer } from '../trainer.ts';
import { averageName } from '../update/weight-average.ts';
import type { Variables } from '../variables.ts';

const ENCODER = 'encoder';
const DECODER = 'decoder';

/**
 * Adds the weights of encoder and decoder to `variables`, drawn from the config's seed.
 * @param totalImages of the whole run, which schedules are measured by.
 */
export function createVariationalTrainer(
  config: ResolvedConfig,
  architecture: VariationalArchitecture,
  spec: ModelSpec,
  variables: Variables,
  engine: Engine,
  totalImages: number,
): Trainer {
  const { seed, batchSize, emaHalfLife } = config.training;
  const { likelihood, beta } = config.objective;
  const decoderWeights = addWeights(architecture, spec, variables, seed);

  const forward = (examples: tf.Tensor, labels: tf.Tensor2D | null, random: StepRandom): Forward => {
    const mode = { training: true, random, keepStatistics: true } as const;
    const encoded = architecture.encoder<tf.Tensor>(new TensorLayers(variables, ENCODER, mode), examples, labels, spec);
    const { mean, logVariance } = encoded;
    const z = tf.add(mean, tf.mul(tf.exp(tf.mul(0.5, logVariance)), random.normal(mean.shape)));
    const output = architecture.decoder(new TensorLayers(variables, DECODER, mode), z, labels, spec);
    const { loss, reconstruction, kl } = elbo({ likelihood, output, examples, mean, logVariance, beta });
    return {
      loss,
      metrics: { loss: tf.clone(loss), reconstruction, kl },
      watched: { 'means of q(z|x)': mean, 'log variances of q(z|x)': logVariance, 'the decoder’s output': output },
    };
  };
  const model = { networks: [ENCODER, DECODER], sampled: decoderWeights, forward };
  const trainStep = compileLikelihoodStep(config, spec, model, variables, engine, totalImages);

  const sampled = emaHalfLife > 0 ? averageName(DECODER) : DECODER;
  const decode = engine.compile('samples', ({ z, labels }) => {
    const layers = new TensorLayers(variables, sampled, { training: false });
    const output = architecture.decoder(layers, z as tf.Tensor, labels ?? null, spec);
    return { examples: likelihood === 'bernoulli' ? probabilities(output) : tf.clipByValue(output, -1, 1) };
  });
  const draw: Draw = async (count, labels, seed, stream) => {
    const data = normals(seed, stream, count * spec.latentSize);
    const z: HostTensor = { dtype: 'float32', shape: [count, spec.latentSize], data };
    const inputs = labels === null ? { z } : { z, labels: oneHot(labels, spec.classes) };
    const { examples } = await decode.run(inputs, { seed, step: 0 });
    if (!examples) throw new Error('the sample program returned no examples');
    return examples;
  };

  return {
    curves: [
      { metric: 'loss', label: 'Loss' },
      { metric: 'reconstruction', label: 'Reconstruction' },
      { metric: 'kl', label: 'KL divergence' },
    ],
    imagesPerStep: batchSize,
    step: (step, batch) => trainStep.run(step, batch),
    sample: (_, request) => previewSamples(config, spec, request, draw),
    generate: (request) => generateExamples(request, spec, draw),
    dispose() {
      trainStep.dispose();
      decode.dispose();
    },
  };
}

/** Returns the decoder's. */
function addWeights(
  architecture: VariationalArchitecture,
  spec: ModelSpec,
  variables: Variables,
  seed: number,
): tf.Variable[] {
  const condition = spec.classes > 0 ? { dims: [spec.classes] } : null;
  const encoder = new ShapeLayers();
  architecture.encoder(encoder, { dims: spec.example }, condition, spec);
  variables.addWeights(ENCODER, encoder.weights, seed);
  const decoder = new ShapeLayers();
  architecture.decoder(decoder, { dims: [spec.latentSize] }, condition, spec);
  variables.addWeights(DECODER, decoder.weights, seed);
  return decoder.weights.map(({ name }) => variables.get(`${DECODER}/${name}`));
}

/** Probabilities σ(l) of values in [0, 1], as values in [−1, 1]: 2σ(l) − 1 = tanh(l / 2). */
const probabilities = (logits: tf.Tensor): tf.Tensor => tf.tanh(tf.mul(0.5, logits));
