/** Trains an autoregressive model of quantised values. */
import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { Engine, StepRandom } from '../../engine/engine.ts';
import type { AutoregressiveArchitecture, ModelSpec } from '../../models/architecture.ts';
import { valueLogits } from '../../models/networks.ts';
import { rasterOf } from '../../models/raster.ts';
import { ShapeLayers } from '../../models/shape-layers.ts';
import { categoricalLikelihood, dequantize, quantize } from '../../objectives/likelihood/loss.ts';
import { TensorLayers } from '../../sampling/layers/tensor-layers.ts';
import { Sampler } from '../../sampling/sampler.ts';
import type { Variables } from '../../sampling/variables.ts';
import { compileLikelihoodStep, type Forward } from '../likelihood/train-step.ts';
import type { Trainer } from '../trainer.ts';

const NETWORK = 'network';

/**
 * Adds the network's weights to `variables`, drawn from the config's seed.
 * @param totalExamples of the whole run, which schedules are measured by.
 */
export function createAutoregressiveTrainer(
  config: ResolvedConfig,
  architecture: AutoregressiveArchitecture,
  spec: ModelSpec,
  variables: Variables,
  engine: Engine,
  totalExamples: number,
): Trainer {
  const { seed, batchSize } = config.training;
  const { classes, levels } = spec;
  const { height, width, values } = rasterOf(spec.example);
  const shapes = new ShapeLayers();
  const raster = { dims: [height, width, values] };
  valueLogits(shapes, architecture, raster, classes > 0 ? { dims: [classes] } : null, spec);
  variables.addWeights(NETWORK, shapes.weights, seed);

  const forward = (examples: tf.Tensor, labels: tf.Tensor2D | null, random: StepRandom): Forward => {
    const mode = { training: true, random, keepStatistics: true } as const;
    const inRaster = tf.reshape(examples, [-1, height, width, values]);
    const quantised = dequantize(quantize(inRaster, levels), levels);
    const layers = new TensorLayers(variables, NETWORK, mode);
    const output = valueLogits<tf.Tensor>(layers, architecture, quantised, labels, spec);
    const { loss, bitsPerDimension } = categoricalLikelihood(output, quantised, levels);
    return { loss, metrics: { bitsPerDimension, nats: tf.clone(loss) }, watched: { 'logits of values': output } };
  };
  const model = {
    networks: [NETWORK],
    sampled: shapes.weights.map(({ name }) => variables.get(`${NETWORK}/${name}`)),
    forward,
  };
  const trainStep = compileLikelihoodStep(config, spec, model, variables, engine, totalExamples);
  const sampler = new Sampler({ config, spec, variables, engine });

  return {
    curves: [{ metric: 'bitsPerDimension', label: 'Bits per dimension' }],
    examplesPerStep: batchSize,
    step: (step, batch) => trainStep.run(step, batch),
    sample: (step, request) => sampler.preview(request, step * batchSize),
    dispose() {
      trainStep.dispose();
      sampler.dispose();
    },
  };
}
