/**
 * Makes TensorFlow.js's own random operations draw from a step's counter while the step is traced.
 *
 * tf.randomUniform, tf.randomNormal, tf.truncatedNormal, tf.dropout and the layers that use them
 * draw in JavaScript when they are called, which in a step is once, while it is traced: the same
 * numbers would come at every replay. A generator that the program gave a seed is left alone: its
 * numbers are the same at every call in TensorFlow.js too.
 */
import * as tf from '@tensorflow/tfjs-core';
import { MPRandGauss, RandGamma, UniformRandom } from '@tensorflow/tfjs-core/dist/ops/rand_util.js';
import { UnsupportedOperationError } from '../errors/errors.ts';
import type { Value } from '../graph/value.ts';
import { type Draw, fillNormal, fillTruncatedNormal, fillUniform } from './random.ts';

type Fill = (into: Float32Array, draw: Draw) => void;

/** Random numbers that are drawn again at every run of the step. */
export interface NumberSource {
  draw(shape: readonly number[], fill: Fill): tf.Tensor;
  /** The same as a recorded value, for kernels that record. */
  value?(shape: readonly number[], fill: Fill): Value;
}

interface Generator {
  nextValue(): number;
}

/** A generator without a seed in mid-use: an operation draws all its numbers, then makes its tensor. */
interface Drawing {
  readonly generator: Generator;
  count: number;
}

const UNIFORM = UniformRandom.prototype as Generator;
const NORMAL = MPRandGauss.prototype as Generator;
const GAMMA = RandGamma.prototype as Generator;

/** What the step draws instead, before scaling. */
function draw(source: NumberSource, { generator }: Drawing, shape: readonly number[], dtype: tf.DataType): tf.Tensor {
  if (generator instanceof UniformRandom) {
    const { min, range } = generator as unknown as { readonly min: number; readonly range: number };
    const numbers = tf.add(tf.mul(source.draw(shape, fillUniform), range), min);
    return dtype === 'float32' ? numbers : tf.cast(tf.cast(numbers, 'int32'), dtype);
  }
  const { mean, stdDev, truncated } = generator as unknown as Readonly<Record<string, number>>;
  const numbers = tf.add(tf.mul(source.draw(shape, truncated ? fillTruncatedNormal : fillNormal), stdDev!), mean!);
  return dtype === 'float32' ? numbers : tf.cast(tf.round(numbers), dtype);
}

/** The step that is being traced, and the last number that Math.random gave it: a seed nobody chose. */
let traced: { readonly source: NumberSource; chance: number } | null = null;

/**
 * Uniform numbers in [0, 1) for a kernel that was given `seed`: new ones at every run of the step
 * that is being traced. Null outside a step, and where the program chose the seed.
 */
export function drawnUniform(shape: readonly number[], seed: number): Value | null {
  return traced !== null && traced.chance === seed ? (traced.source.value?.(shape, fillUniform) ?? null) : null;
}

/** Runs `run`, whose random operations draw from `source`. */
export function withDrawnNumbers<T>(source: NumberSource, run: () => T): T {
  const original = {
    random: Math.random,
    uniform: UNIFORM.nextValue,
    normal: NORMAL.nextValue,
    gamma: GAMMA.nextValue,
    toTensor: tf.TensorBuffer.prototype.toTensor,
  };
  const step = { source, chance: Number.NaN };
  traced = step;
  let drawing: Drawing | null = null;
  let unseeded = false;
  const known = new WeakMap<Generator, Drawing | null>();

  /** The generator's state; null for one with a seed. Only those without ask Math.random for one. */
  const stateOf = (generator: Generator): Drawing | null => {
    if (!known.has(generator)) {
      known.set(generator, unseeded ? { generator, count: 0 } : null);
      unseeded = false;
    }
    return known.get(generator)!;
  };
  const counting = (next: () => number) =>
    function (this: Generator): number {
      drawing = stateOf(this);
      if (drawing === null) return next.call(this);
      drawing.count += 1;
      return 0;
    };

  Math.random = () => {
    unseeded = true;
    step.chance = original.random();
    return step.chance;
  };
  UNIFORM.nextValue = counting(original.uniform);
  NORMAL.nextValue = counting(original.normal);
  GAMMA.nextValue = function (this: Generator): number {
    if (stateOf(this) === null) return original.gamma.call(this);
    throw new UnsupportedOperationError(
      'tf.randomGamma()',
      'inside a step it needs numbers that are not drawn ahead; make them from the step\'s "random", or give it a seed for the same numbers in every step.',
    );
  };
  tf.TensorBuffer.prototype.toTensor = function (this: tf.TensorBuffer<tf.Rank>) {
    const finished = drawing;
    drawing = null;
    if (finished === null || finished.count !== this.size) return original.toTensor.call(this);
    return draw(source, finished, this.shape, this.dtype);
  };
  try {
    return run();
  } finally {
    Math.random = original.random;
    UNIFORM.nextValue = original.uniform;
    NORMAL.nextValue = original.normal;
    GAMMA.nextValue = original.gamma;
    tf.TensorBuffer.prototype.toTensor = original.toTensor;
    traced = null;
  }
}
