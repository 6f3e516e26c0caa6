/** The dense part of the chapter's GAN alone: two multilayer perceptrons, through the product's own training step. */
import { presets } from '../../../sidecar/config/presets.ts';
import { resolveConfig } from '../../../sidecar/config/resolve.ts';
import { chapterMlpConv } from '../../../sidecar/models/chapter-mlp-conv.ts';
import type { Architecture, ModelShape } from '../../../sidecar/models/layers.ts';
import { ShapeLayers } from '../../../sidecar/models/shape-layers.ts';
import { objectives } from '../../../sidecar/objectives/index.ts';
import type { Networks } from '../../../sidecar/training/networks.ts';
import { TensorLayers } from '../../../sidecar/training/tensor-layers.ts';
import { compileTrainStep } from '../../../sidecar/training/train-step.ts';
import { Variables } from '../../../sidecar/training/variables.ts';
import { type BenchModel, SEED } from './model.ts';

const SLOPE = 0.2;

const architecture: Pick<Architecture, 'generator' | 'discriminator'> = {
  generator: chapterMlpConv.generator,
  discriminator(layers, image) {
    let x = layers.flatten(image);
    for (const [at, units] of [512, 256].entries()) {
      x = layers.leakyRelu(layers.dense(`dense_${at + 1}`, x, units), SLOPE);
    }
    return layers.dense('dense_3', x, 1);
  },
};

const { model, optimizer } = presets['chapter-mlp-conv'];
const images = { size: 28, channels: 1, classes: 0 };

function createNetworks(shape: ModelShape, variables: Variables): Networks {
  const { imageSize, channels, latentSize } = shape;
  const generator = new ShapeLayers();
  architecture.generator(generator, { dims: [latentSize] }, null, shape);
  const discriminator = new ShapeLayers();
  architecture.discriminator(discriminator, { dims: [imageSize, imageSize, channels] }, null, shape);
  variables.addWeights('generator', generator.weights, SEED);
  variables.addWeights('discriminator', discriminator.weights, SEED);
  return {
    shape,
    generate: (z, label, mode) =>
      architecture.generator(new TensorLayers(variables, 'generator', mode), z, label, shape),
    discriminate: (image, label, mode) =>
      architecture.discriminator(new TensorLayers(variables, 'discriminator', mode), image, label, shape),
  };
}

export const dense: BenchModel = {
  id: 'dense',
  title: 'dense layers alone: 100-256-512-784 against 784-512-256-1',
  images,
  latentSize: model.latentSize,
  optimizer,
  create(engine, batchSize) {
    const config = resolveConfig(
      {
        model: { architecture: 'chapter-mlp-conv' },
        data: { source: 'digits' },
        training: { batchSize, seed: SEED },
      },
      'gan.config.json',
    );
    const variables = new Variables();
    const shape = { ...model, imageSize: images.size, channels: images.channels, classes: 0 };
    const networks = createNetworks(shape, variables);
    const step = compileTrainStep(config, networks, objectives['non-saturating'], variables, engine);
    return {
      variables,
      async run(at, batch) {
        const { discriminatorLoss, generatorLoss } = await step.run(at, batch);
        return { discriminator: discriminatorLoss, generator: generatorLoss };
      },
    };
  },
};
