/**
 * Adaptive augmentation (ADA, Karras et al. 2020, "Training Generative Adversarial Networks with
 * Limited Data", section 3): the probability of augmentation follows how far the discriminator
 * overfits, r_t = E[sign(D(x))] over real training images (equation 1). 0 is no overfitting, 1 all of it.
 */
import * as tf from '@tensorflow/tfjs-core';

/** What the rule remembers, scalars; all of it belongs into variables for an exact resume. */
export interface AdaptiveState {
  /** From 0 to 1. */
  readonly probability: tf.Scalar;
  /** Sum of r_t over the batches since the probability last moved, and their number; both begin at 0. */
  readonly signs: tf.Scalar;
  readonly batches: tf.Scalar;
}

export interface AdaptiveOptions {
  /** r_t at which the probability stays; 0.6 in the paper. */
  readonly target: number;
  /** Real images in a batch. */
  readonly batchSize: number;
}

/** Batches between two moves, over which r_t is averaged. */
const INTERVAL = 4;
/** Images in which the probability could rise from 0 to 1. */
const RISE = 500_000;

/**
 * The state after a batch whose r_t is `signs`: every four batches the probability moves by
 * 4 · batchSize / 500,000 towards the target, up where their mean is above it, and stays within 0 and 1.
 */
export function adapt(state: AdaptiveState, signs: tf.Scalar, { target, batchSize }: AdaptiveOptions): AdaptiveState {
  const sum = tf.add(state.signs, signs);
  const batches = tf.add(state.batches, 1);
  const due = tf.cast(tf.greaterEqual(batches, INTERVAL), 'float32');
  const speed = (INTERVAL * batchSize) / RISE;
  const direction = tf.sign(tf.sub(tf.div(sum, batches), target));
  const moved: tf.Scalar = tf.add(state.probability, tf.mul(due, tf.mul(direction, speed)));
  const kept = tf.sub(1, due);
  return {
    probability: tf.clipByValue(moved, 0, 1),
    signs: tf.mul(kept, sum),
    batches: tf.mul(kept, batches),
  };
}

/**
 * r_t of one batch, the mean sign of what speaks for real (`Objective.evidence`). For losses whose outputs
 * mean something by their differences only, that is our reading of a rule published for the other losses.
 */
export const overfitting = (evidence: tf.Tensor): tf.Scalar => tf.mean(tf.sign(evidence));
