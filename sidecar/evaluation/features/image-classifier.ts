/**
 * The small convolutional network whose answers and features judge generated images. It knows one
 * dataset, and is no Inception network: a distance in its features is no FID and says so by its name.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { CompiledStep, Engine, HostTensorMap, StepRandom } from '../../engine/engine.ts';
import type { WeightSpec } from '../../models/shape-layers.ts';
import { Variables } from '../../sampling/variables.ts';

/** Height and width of the grey images that it looks at. */
export const CLASSIFIER_SIZE = 28;
/** Length of the features: activations of the hidden layer, after its ReLU. */
export const FEATURES = 64;
/** Numbers in one image. */
export const CLASSIFIER_PIXELS = CLASSIFIER_SIZE ** 2;

const CHANNELS = [32, 64] as const;
/** Two convolutions of stride 2 leave maps of 7×7. */
const FLAT = (CLASSIFIER_SIZE / 4) ** 2 * CHANNELS[1];
/** Of the features, while training. */
const DROPOUT = 0.3;
/** Images that one run of the compiled program looks at. */
const CHUNK = 500;

/** What the classifier says of n images. */
export interface Answers {
  /** Most likely class of each image, [n]. */
  readonly labels: Int32Array;
  /** [n, FEATURES]. */
  readonly features: Float32Array;
}

/** N(0, 2 / fan-in) for kernels (He et al. 2015), zeros for biases. */
function weightSpecs(classes: number): WeightSpec[] {
  const layer = (name: string, kernel: readonly number[]): WeightSpec[] => {
    const outputs = kernel.at(-1) ?? 0;
    const fanIn = kernel.slice(0, -1).reduce((product, size) => product * size, 1);
    const common = { gain: 1, trainable: true, fanIn, fanOut: outputs };
    return [
      { name: `${name}/kernel`, shape: kernel, init: 'he-normal', ...common },
      { name: `${name}/bias`, shape: [outputs], init: 'zeros', ...common },
    ];
  };
  const [first, second] = CHANNELS;
  return [
    ...layer('convolution 1', [5, 5, 1, first]),
    ...layer('convolution 2', [5, 5, first, second]),
    ...layer('hidden', [FLAT, FEATURES]),
    ...layer('logits', [FEATURES, classes]),
  ];
}

/** Two 5×5 convolutions of stride 2, a hidden layer whose activations are the features, and logits. */
export class Classifier {
  readonly classes: number;
  readonly variables = new Variables();
  readonly #name: string;
  readonly #answer: CompiledStep;

  /** @param name prefix of its variables, which no other classifier of this engine may have. */
  constructor(engine: Engine, name: string, classes: number, seed: number) {
    this.classes = classes;
    this.#name = name;
    this.variables.addWeights(name, weightSpecs(classes), seed);
    this.#answer = engine.compile('classifier', ({ images }) => {
      const { features, logits } = this.forward(images as tf.Tensor4D);
      return { features, labels: tf.argMax(logits, 1) };
    });
  }

  /** Features [n, FEATURES] and logits [n, classes] of images [n, 28, 28, 1]; `random` draws dropout while training. */
  forward(images: tf.Tensor4D, random?: StepRandom): { features: tf.Tensor; logits: tf.Tensor } {
    const weight = (layer: string) => this.variables.get(`${this.#name}/${layer}`);
    const convolution = (x: tf.Tensor4D, layer: string): tf.Tensor4D => {
      const kernel = weight(`${layer}/kernel`) as unknown as tf.Tensor4D;
      return tf.relu(tf.add(tf.conv2d(x, kernel, 2, 'same'), weight(`${layer}/bias`)));
    };
    const affine = (x: tf.Tensor, layer: string): tf.Tensor =>
      tf.add(tf.matMul(x, weight(`${layer}/kernel`)), weight(`${layer}/bias`));
    const maps = convolution(convolution(images, 'convolution 1'), 'convolution 2');
    const features = tf.relu(affine(tf.reshape(maps, [-1, FLAT]), 'hidden'));
    const kept = random ? tf.mul(features, random.dropout(features.shape, DROPOUT)) : features;
    return { features, logits: affine(kept, 'logits') };
  }

  /** @param images [n, 28, 28, 1] in [−1, 1]. */
  async answer(images: Float32Array): Promise<Answers> {
    const count = images.length / CLASSIFIER_PIXELS;
    if (!Number.isInteger(count)) throw new RangeError(`${images.length} numbers are no grey images of 28×28.`);
    const answers = { labels: new Int32Array(count), features: new Float32Array(count * FEATURES) };
    for (let from = 0; from < count; from += CHUNK) {
      const size = Math.min(CHUNK, count - from);
      // The last images are filled up, since another batch size would be another program.
      const data = new Float32Array(CHUNK * CLASSIFIER_PIXELS);
      data.set(images.subarray(from * CLASSIFIER_PIXELS, (from + size) * CLASSIFIER_PIXELS));
      const shape = [CHUNK, CLASSIFIER_SIZE, CLASSIFIER_SIZE, 1];
      const inputs = { images: { dtype: 'float32', shape, data } } as const;
      const { labels, features } = await this.#answer.run(inputs, { seed: 0, step: 0 });
      if (!labels || !features) throw new Error('the classifier returned nothing');
      answers.labels.set(labels.data.subarray(0, size), from);
      answers.features.set(features.data.subarray(0, size * FEATURES), from * FEATURES);
    }
    return answers;
  }

  /** Sets every weight, by its name as `variables.read` gives it; throws UserError "checkpoint/mismatch". */
  assign(weights: HostTensorMap): void {
    this.variables.assign(weights);
  }

  dispose(): void {
    this.#answer.dispose();
    this.variables.dispose();
  }
}
