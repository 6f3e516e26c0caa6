/** Trains the classifier, on real images or on generated ones, always in the same way. */
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../../config/resolved-config.ts';
import { hash, permuted } from '../../data/permutation.ts';
import type { Engine } from '../../engine/engine.ts';
import { uniforms } from '../../sampling/counter-random.ts';
import { Variables } from '../../sampling/variables.ts';
import { Optimizer } from '../../training/optimizers/optimizer.ts';
import { progressAt } from '../../training/update/progress.ts';
import { scheduleFactor } from '../../training/update/schedules.ts';
import { CLASSIFIER_PIXELS, CLASSIFIER_SIZE, Classifier } from './image-classifier.ts';

/** Grey images, [n, 28, 28, 1] in [−1, 1], and the class of each. */
export interface LabelledImages {
  readonly images: Float32Array;
  readonly labels: Int32Array;
}

export interface ClassifierTraining {
  /** Prefix of its variables, which no other classifier of this engine may have. */
  readonly name: string;
  readonly classes: number;
  /** Images that it learns from in all, counting each as often as it comes. */
  readonly images: number;
  readonly seed: number;
  /** Called after each step with the share of the training that is done. */
  readonly onStep?: (share: number) => void;
}

const BATCH = 128;
/** Pixels by which images are moved each way at random. */
const SHIFT = 1;

const ADAM: OptimizerConfig = {
  kind: 'adam',
  learningRate: 2e-3,
  beta1: 0.9,
  beta2: 0.99,
  momentum: 0,
  decay: 0,
  weightDecay: 0,
  l2: 0,
  clipNorm: 0,
};

/** The learning rate falls to 0 by half a cosine, after it has risen for a share of the training. */
const SCHEDULE = { kind: 'cosine', everyImages: 1, factor: 1 } as const;
const WARM_UP = 0.15;

/**
 * Minimises cross-entropy by Adam, in batches of 128 images moved at random by up to a pixel. The
 * same data and seed give the same classifier.
 */
export async function trainClassifier(
  engine: Engine,
  data: LabelledImages,
  { name, classes, images: total, seed, onStep }: ClassifierTraining,
): Promise<Classifier> {
  const classifier = new Classifier(engine, name, classes, seed);
  const weights = classifier.variables.trainable(name);
  const moments = new Variables();
  const optimizer = new Optimizer(ADAM, weights, moments);
  const program = engine.compile('classifier training', ({ images, labels, numbers }, random) => {
    const { value: loss, grads } = tf.variableGrads(() => {
      const { logits } = classifier.forward(images as tf.Tensor4D, random);
      return tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(labels as tf.Tensor, tf.logSoftmax(logits)), 1)));
    }, weights);
    optimizer.apply(grads, numbers as tf.Tensor);
    return { loss };
  });
  const steps = Math.ceil(total / BATCH);
  const schedule = { ...SCHEDULE, warmupImages: WARM_UP * steps * BATCH };
  try {
    for (let step = 0; step < steps; step++) {
      const factor = scheduleFactor(schedule, progressAt(step, BATCH, steps * BATCH));
      const numbers = optimizer.numbers([{ t: step + 1, learningRate: factor * ADAM.learningRate, beta2: ADAM.beta2 }]);
      const { loss } = await program.run({ ...batch(data, classes, step, seed), numbers }, { seed, step });
      if (!Number.isFinite(loss?.data[0])) throw new Error(`the classifier's loss is not finite at step ${step}`);
      onStep?.((step + 1) / steps);
    }
  } catch (error) {
    classifier.dispose();
    throw error;
  } finally {
    program.dispose();
    moments.dispose();
  }
  return classifier;
}

/** Step `step`'s images, in an order of its own each epoch, moved, and their one-hot classes. */
function batch({ images, labels }: LabelledImages, classes: number, step: number, seed: number) {
  const moved = new Float32Array(BATCH * CLASSIFIER_PIXELS).fill(-1);
  const oneHot = new Float32Array(BATCH * classes);
  const shifts = uniforms(seed, `classifier shift ${step}`, 2 * BATCH);
  const shiftAt = (at: number) => Math.floor((2 * SHIFT + 1) * (shifts[at] ?? 0)) - SHIFT;
  for (let i = 0; i < BATCH; i++) {
    const position = step * BATCH + i;
    const epoch = Math.floor(position / labels.length);
    const index = permuted(position % labels.length, labels.length, hash(seed, epoch));
    const image = images.subarray(index * CLASSIFIER_PIXELS, (index + 1) * CLASSIFIER_PIXELS);
    copyMoved(image, moved.subarray(i * CLASSIFIER_PIXELS), shiftAt(2 * i), shiftAt(2 * i + 1));
    oneHot[i * classes + (labels[index] ?? 0)] = 1;
  }
  return {
    images: { dtype: 'float32', shape: [BATCH, CLASSIFIER_SIZE, CLASSIFIER_SIZE, 1], data: moved },
    labels: { dtype: 'float32', shape: [BATCH, classes], data: oneHot },
  } as const;
}

/** Copies an image, moved `down` and `right`; pixels of `target` that nothing moves to stay. */
function copyMoved(image: Float32Array, target: Float32Array, down: number, right: number): void {
  const size = CLASSIFIER_SIZE;
  for (let row = Math.max(0, -down); row < Math.min(size, size - down); row++) {
    const from = row * size + Math.max(0, -right);
    const pixels = image.subarray(from, from + size - Math.abs(right));
    target.set(pixels, (row + down) * size + Math.max(0, right));
  }
}
