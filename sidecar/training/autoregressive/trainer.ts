/** Trains a PixelCNN on quantised pixels. */
import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { Engine, StepRandom } from '../../engine/engine.ts';
import type { ModelSpec } from '../../models/architecture.ts';
import { pixelcnn } from '../../models/pixelcnn.ts';
import { ShapeLayers } from '../../models/shape-layers.ts';
import { categoricalLikelihood, dequantize, quantize } from '../../objectives/likelihood.ts';
import { averageName } from '../ema.ts';
import { TensorLayers } from '../layers/tensor-layers.ts';
import { generateImages, sampleGrid } from '../likelihood/samples.ts';
import { compileLikelihoodStep, type Forward } from '../likelihood/train-step.ts';
import type { Trainer } from '../trainer.ts';
import type { Variables } from '../variables.ts';
import { compilePixelSampler } from './sampler.ts';

const NETWORK = 'network';

/**
 * Adds the network's weights to `variables`, drawn from the config's seed.
 * @param totalImages of the whole run, which schedules are measured by.
 */
export function createAutoregressiveTrainer(
  config: ResolvedConfig,
  spec: ModelSpec,
  variables: Variables,
  engine: Engine,
  totalImages: number,
): Trainer {
  const { seed, batchSize, emaHalfLife } = config.training;
  const { imageSize, channels, classes, levels } = spec;
  const shapes = new ShapeLayers();
  const image = { dims: [imageSize, imageSize, channels] };
  pixelcnn.logits(shapes, image, classes > 0 ? { dims: [classes] } : null, spec);
  variables.addWeights(NETWORK, shapes.weights, seed);

  const forward = (images: tf.Tensor4D, labels: tf.Tensor2D | null, random: StepRandom): Forward => {
    const mode = { training: true, random, keepStatistics: true } as const;
    const quantised = dequantize(quantize(images, levels), levels);
    const logits = pixelcnn.logits<tf.Tensor>(new TensorLayers(variables, NETWORK, mode), quantised, labels, spec);
    const { loss, bitsPerDimension } = categoricalLikelihood(logits, quantised, levels);
    return { loss, metrics: { bitsPerDimension, nats: tf.clone(loss) }, watched: { 'logits of pixels': logits } };
  };
  const model = {
    networks: [NETWORK],
    sampled: shapes.weights.map(({ name }) => variables.get(`${NETWORK}/${name}`)),
    forward,
  };
  const trainStep = compileLikelihoodStep(config, spec, model, variables, engine, totalImages);
  const sampled = emaHalfLife > 0 ? averageName(NETWORK) : NETWORK;
  const sampler = compilePixelSampler(spec, variables, sampled, engine);

  return {
    curves: [{ metric: 'bitsPerDimension', label: 'Bits per dimension' }],
    imagesPerStep: batchSize,
    step: (step, batch) => trainStep.run(step, batch),
    sample: () => sampleGrid(config, spec, sampler.draw),
    generate: (request) => generateImages(request, spec, sampler.draw),
    dispose() {
      trainStep.dispose();
      sampler.dispose();
    },
  };
}
