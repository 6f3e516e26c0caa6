/** The dense part of the chapter's GAN alone: two multilayer perceptrons, through the product's own training step. */
import { architectureDefaults } from '../../../sidecar/config/defaults.ts';
import { resolveConfig } from '../../../sidecar/config/resolve.ts';
import type { DatasetInfo } from '../../../sidecar/data/dataset.ts';
import type { AdversarialArchitecture } from '../../../sidecar/models/architecture.ts';
import { chapterMlpConv } from '../../../sidecar/models/chapter-mlp-conv/network.ts';
import { discriminate, generate } from '../../../sidecar/models/networks.ts';
import { ShapeLayers } from '../../../sidecar/models/shape-layers.ts';
import { batchInputs } from '../../../sidecar/sampling/batch-inputs.ts';
import { Variables } from '../../../sidecar/sampling/variables.ts';
import { lossesOf } from '../../../sidecar/training/adversarial/losses.ts';
import { ganNetworks } from '../../../sidecar/training/adversarial/networks.ts';
import { stepNumbers } from '../../../sidecar/training/adversarial/numbers.ts';
import { Regulation } from '../../../sidecar/training/adversarial/regulation.ts';
import { compileGanStep } from '../../../sidecar/training/adversarial/step.ts';
import { modelSpec } from '../../../sidecar/training/model-spec.ts';
import { Optimizer } from '../../../sidecar/training/optimizers/optimizer.ts';
import { type BenchModel, batchOf, SEED } from './model.ts';

const SLOPE = 0.2;

const architecture: AdversarialArchitecture = {
  ...chapterMlpConv,
  discriminator(layers, { judged }) {
    let x = layers.flatten(judged);
    for (const [at, units] of [512, 256].entries()) {
      x = layers.leakyRelu(layers.dense(`dense_${at + 1}`, x, units), SLOPE);
    }
    return x;
  },
};

const { model, optimizer } = architectureDefaults['chapter-mlp-conv'];
const images = { size: 28, channels: 1, classes: 0 };
const dataset: DatasetInfo = {
  name: 'benchmark',
  modality: 'images',
  size: Number.POSITIVE_INFINITY,
  shape: [images.size, images.size, images.channels],
  sourceShape: null,
  classNames: null,
  skipped: [],
};

export const dense: BenchModel = {
  id: 'dense',
  title: 'dense layers alone: 100-256-512-784 against 784-512-256-1',
  images,
  latentSize: model.latentSize,
  optimizer: optimizer.generator,
  create(engine, batchSize) {
    const config = resolveConfig(
      {
        model: { architecture: 'chapter-mlp-conv' },
        data: { source: 'digits' },
        training: { batchSize, seed: SEED },
      },
      'gan.config.json',
    );
    const spec = modelSpec(config, dataset);
    const variables = new Variables();
    const nothing = { label: null, source: null, fade: null };
    const [generator, discriminator] = [new ShapeLayers(), new ShapeLayers()];
    generate(generator, architecture, { ...nothing, latent: { dims: [spec.latentSize] } }, spec);
    const judged = { dims: [images.size, images.size, images.channels] };
    discriminate(discriminator, architecture, { ...nothing, judged }, spec);
    variables.addWeights('generator', generator.weights, SEED);
    variables.addWeights('discriminator', discriminator.weights, SEED);

    const weights = {
      generator: variables.trainable('generator'),
      discriminator: variables.trainable('discriminator'),
    };
    const optimizers = {
      generator: new Optimizer(config.optimizer.generator, weights.generator, variables),
      discriminator: new Optimizer(config.optimizer.discriminator, weights.discriminator, variables),
    };
    const networks = ganNetworks(architecture, spec, variables);
    const losses = lossesOf(config.objective, 1);
    const regulation = new Regulation(config, variables);
    const step = compileGanStep({ config, networks, losses, weights, optimizers, regulation }, null, engine);
    const plan = { config, optimizers, examplesPerStep: batchSize, totalExamples: 1_000_000 };
    return {
      variables,
      async run(at, batch) {
        const numbers = stepNumbers(plan, { shape: dataset.shape, begins: 0 }, at);
        const { metrics } = await step.run({ ...batchInputs(batchOf(batch, images), spec), ...numbers }, at);
        const { discriminatorLoss = Number.NaN, generatorLoss = Number.NaN } = metrics;
        return { discriminator: discriminatorLoss, generator: generatorLoss };
      },
    };
  },
};
