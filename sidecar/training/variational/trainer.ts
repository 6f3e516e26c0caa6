/** Trains a variational autoencoder (Kingma and Welling 2014) and samples from its prior. */
import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { Engine, StepRandom } from '../../engine/engine.ts';
import type { ModelSpec, VariationalArchitecture } from '../../models/architecture.ts';
import { ShapeLayers } from '../../models/shape-layers.ts';
import { elbo } from '../../objectives/elbo/loss.ts';
import { TensorLayers } from '../../sampling/layers/tensor-layers.ts';
import { Sampler } from '../../sampling/sampler.ts';
import type { Variables } from '../../sampling/variables.ts';
import { compileLikelihoodStep, type Forward } from '../likelihood/train-step.ts';
import type { Trainer } from '../trainer.ts';

const ENCODER = 'encoder';
const DECODER = 'decoder';

/**
 * Adds the weights of encoder and decoder to `variables`, drawn from the config's seed.
 * @param totalExamples of the whole run, which schedules are measured by.
 */
export function createVariationalTrainer(
  config: ResolvedConfig,
  architecture: VariationalArchitecture,
  spec: ModelSpec,
  variables: Variables,
  engine: Engine,
  totalExamples: number,
): Trainer {
  const { seed, batchSize } = config.training;
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
  const trainStep = compileLikelihoodStep(config, spec, model, variables, engine, totalExamples);

  const sampler = new Sampler({ config, spec, variables, engine });

  return {
    curves: [
      { metric: 'loss', label: 'Loss' },
      { metric: 'reconstruction', label: 'Reconstruction' },
      { metric: 'kl', label: 'KL divergence' },
    ],
    examplesPerStep: batchSize,
    step: (step, batch) => trainStep.run(step, batch),
    sample: (step, request) => sampler.preview(request, step * batchSize),
    dispose() {
      trainStep.dispose();
      sampler.dispose();
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
