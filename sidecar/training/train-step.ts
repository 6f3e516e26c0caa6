/**
 * One training step as one program: the discriminator descends on a batch of real and a batch of
 * generated images, then the generator descends against the new discriminator (algorithm 1 of
 * Goodfellow et al. 2014 with k = 1), each from noise of its own.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedConfig } from '../config/schema.ts';
import type { Batch } from '../data/dataset.ts';
import type { Engine, HostTensor, HostTensorMap, StepFunction } from '../engine/engine.ts';
import type { ModelShape } from '../models/layers.ts';
import type { Objective } from '../objectives/objective.ts';
import { Adam } from './adam.ts';
import type { Networks } from './networks.ts';
import { oneHot } from './one-hot.ts';
import type { Variables } from './variables.ts';
import { firstNotFinite, Watch } from './watch.ts';

export interface StepOutcome {
  readonly generatorLoss: number;
  readonly discriminatorLoss: number;
  /** The objective's further scalars. */
  readonly statistics: Readonly<Record<string, number>>;
  /** The first tensor in the order of computation that held NaN or infinity; null when none did. */
  readonly notFinite: string | null;
}

export interface TrainStep {
  /** Trains on one batch. `step` counts from 0 and selects noise and dropout. */
  run(step: number, batch: Batch): Promise<StepOutcome>;
  dispose(): void;
}

/** Adds the optimizers' moments to `variables`; tracing waits for the first run. */
export function compileTrainStep(
  config: ResolvedConfig,
  networks: Networks,
  objective: Objective,
  variables: Variables,
  engine: Engine,
): TrainStep {
  const { batchSize, seed } = config.training;
  const discriminatorWeights = variables.trainable('discriminator');
  const generatorWeights = variables.trainable('generator');
  const discriminatorAdam = new Adam(config.optimizer.discriminator, discriminatorWeights, variables);
  const generatorAdam = new Adam(config.optimizer.generator, generatorWeights, variables);
  let watched: readonly string[] = [];

  const program: StepFunction = (inputs, random) => {
    const images = inputs.images as tf.Tensor;
    const labels = inputs.labels ?? null;
    const noise = () => random.normal([batchSize, networks.shape.latentSize]);
    const training = { training: true, random, keepStatistics: false } as const;
    const owner = { ...training, keepStatistics: true } as const;
    const watch = new Watch();
    watch.add('real images', images);

    const fakes = networks.generate(noise(), labels, training);
    const d = descend(discriminatorWeights, () => {
      const real = networks.discriminate(images, labels, owner);
      const fake = networks.discriminate(fakes, labels, owner);
      return { loss: objective.discriminatorLoss(real, fake), real, fake };
    });
    watch.add('images generated for the discriminator', fakes);
    watch.add('logits of real images', d.kept.real);
    watch.add('logits of generated images', d.kept.fake);
    watch.add('discriminator loss', d.loss);
    watchGradients(watch, d.gradients);
    const statistics = objective.statistics(d.kept.real, d.kept.fake);
    discriminatorAdam.apply(d.gradients, inputs.discriminatorAdam as tf.Tensor);
    for (const weight of discriminatorWeights) watch.add(weight.name, weight);

    const g = descend(generatorWeights, () => {
      const images = networks.generate(noise(), labels, owner);
      const logits = networks.discriminate(images, labels, training);
      return { loss: objective.generatorLoss(logits), images, logits };
    });
    watch.add('images generated for the generator', g.kept.images);
    watch.add('logits of images generated for the generator', g.kept.logits);
    watch.add('generator loss', g.loss);
    watchGradients(watch, g.gradients);
    generatorAdam.apply(g.gradients, inputs.generatorAdam as tf.Tensor);
    for (const weight of generatorWeights) watch.add(weight.name, weight);

    watched = watch.names;
    const outputs = { ...statistics, discriminatorLoss: d.loss, generatorLoss: g.loss, flags: watch.flags() };
    tf.dispose([d.kept, g.kept]);
    return outputs;
  };

  const compiled = engine.compile('training step', program);
  return {
    async run(step, batch) {
      const inputs = {
        ...batchInputs(batch, networks.shape),
        discriminatorAdam: discriminatorAdam.correction(step + 1),
        generatorAdam: generatorAdam.correction(step + 1),
      };
      const { flags, discriminatorLoss, generatorLoss, ...statistics } = await compiled.run(inputs, { seed, step });
      return {
        discriminatorLoss: value(discriminatorLoss),
        generatorLoss: value(generatorLoss),
        statistics: Object.fromEntries(Object.entries(statistics).map(([name, scalar]) => [name, value(scalar)])),
        notFinite: firstNotFinite(watched, flags?.data ?? []),
      };
    },
    dispose: () => compiled.dispose(),
  };
}

/** The loss of `forward` with its gradients by variable name; its other tensors are `kept`, to be disposed. */
function descend<Kept extends Record<string, tf.Tensor>>(
  weights: tf.Variable[],
  forward: () => { readonly loss: tf.Scalar } & Kept,
) {
  let kept: Kept | undefined;
  const { value: loss, grads: gradients } = tf.variableGrads(() => {
    const { loss, ...others } = forward();
    kept = others as unknown as Kept;
    for (const tensor of Object.values(kept)) tf.keep(tensor);
    return loss;
  }, weights);
  return { loss, gradients, kept: kept as Kept };
}

/** From the last layer to the first, as the chain rule goes. */
function watchGradients(watch: Watch, gradients: tf.NamedTensorMap): void {
  for (const [name, gradient] of Object.entries(gradients).reverse()) watch.add(`gradient of ${name}`, gradient);
}

function batchInputs({ images, labels }: Batch, shape: ModelShape): HostTensorMap {
  const { imageSize, channels, classes } = shape;
  const pixels = imageSize * imageSize * channels;
  const inputs = {
    images: {
      dtype: 'float32',
      shape: [images.length / pixels, imageSize, imageSize, channels],
      data: images,
    } satisfies HostTensor,
  };
  return classes > 0 && labels !== null ? { ...inputs, labels: oneHot(labels, classes) } : inputs;
}

const value = (scalar: HostTensor | undefined): number => scalar?.data[0] ?? Number.NaN;
