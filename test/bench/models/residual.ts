/**
 * A residual GAN whose discriminator pays for the length of its gradient at real and at generated
 * images in every step: R1 (Mescheder et al. 2018) and R2 (Roth et al. 2017), which takes gradients
 * of gradients.
 */
import * as tf from '@tensorflow/tfjs-core';
import { architectureDefaults } from '../../../sidecar/config/defaults.ts';
import type { StepFunction } from '../../../sidecar/engine/engine.ts';
import { nonSaturating } from '../../../sidecar/objectives/non-saturating/loss.ts';
import { Variables } from '../../../sidecar/sampling/variables.ts';
import { Optimizer } from '../../../sidecar/training/optimizers/optimizer.ts';
import { type BenchModel, SEED } from './model.ts';
import {
  CHANNELS,
  discriminate,
  discriminatorWeights,
  generate,
  generatorWeights,
  LATENT,
  SIZE,
} from './residual-networks.ts';

const optimizer = { ...architectureDefaults.dcgan.optimizer.generator, beta2: 0.99 };

/** γ of R1 and R2. */
const PENALTY = 1;

/** Logits, and the mean squared length of their gradient with respect to the images. */
function logitsAndSlope(variables: Variables, images: tf.Tensor): { logits: tf.Tensor; slope: tf.Scalar } {
  let logits: tf.Tensor | undefined;
  const gradient = tf.grad((x) => {
    logits = tf.keep(discriminate(variables, x));
    return tf.sum(logits);
  })(images);
  const slope: tf.Scalar = tf.mean(tf.sum(tf.square(gradient), [1, 2, 3]));
  return { logits: logits!, slope };
}

export const residual: BenchModel = {
  id: 'residual-r1-r2',
  title: 'residual GAN with R1 and R2 on every step (double back-propagation), 32×32×3',
  images: { size: SIZE, channels: CHANNELS, classes: 0 },
  latentSize: LATENT,
  optimizer,
  create(engine, batchSize) {
    const variables = new Variables();
    variables.addWeights('generator', generatorWeights, SEED);
    variables.addWeights('discriminator', discriminatorWeights, SEED);
    const [generatorTrained, discriminatorTrained] = ['generator', 'discriminator'].map((name) =>
      variables.trainable(name),
    ) as [tf.Variable[], tf.Variable[]];
    const generatorAdam = new Optimizer(optimizer, generatorTrained, variables);
    const discriminatorAdam = new Optimizer(optimizer, discriminatorTrained, variables);

    const program: StepFunction = ({ images, adam }, random) => {
      const noise = () => random.normal([batchSize, LATENT]);
      const fakes = generate(variables, noise());
      const d = tf.variableGrads(() => {
        const real = logitsAndSlope(variables, images!);
        const fake = logitsAndSlope(variables, fakes);
        const penalty = tf.mul(tf.add(real.slope, fake.slope), PENALTY / 2);
        return tf.add(nonSaturating.discriminatorLoss(real.logits, fake.logits, { labelSmoothing: 0 }), penalty);
      }, discriminatorTrained);
      discriminatorAdam.apply(d.grads, adam!);
      const g = tf.variableGrads(
        () => nonSaturating.generatorLoss(discriminate(variables, generate(variables, noise())), null),
        generatorTrained,
      );
      generatorAdam.apply(g.grads, adam!);
      return { discriminator: d.value, generator: g.value };
    };

    const step = engine.compile('residual GAN', program);
    return {
      variables,
      async run(at, { images }) {
        const { discriminator, generator } = await step.run(
          {
            images: { dtype: 'float32', shape: [batchSize, SIZE, SIZE, CHANNELS], data: images },
            adam: generatorAdam.numbers([{ ...optimizer, t: at + 1 }]),
          },
          { seed: SEED, step: at },
        );
        return { discriminator: discriminator!.data[0]!, generator: generator!.data[0]! };
      },
    };
  },
};
