/**
 * What the rest of the project knows of an engine: it runs TensorFlow.js programs on one device.
 *
 * A training step is an ordinary function over tensors. `compile` traces it once for each set of
 * input shapes and replays it from then on; an engine that cannot compile runs it eagerly. Either
 * way the same program gives the same numbers, because all randomness comes from `StepRandom`.
 */

import type { Tensor } from '@tensorflow/tfjs-core';
import type { DeviceInfo, DeviceStatus } from '../terms/devices.ts';

export type { DeviceInfo, DeviceStatus };

/** A tensor's bytes outside the device. `shape` in elements; `data.length` is its product. */
export interface HostTensor {
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/**
 * Counter-based random numbers inside a step: (seed, step, use) → numbers, with no hidden state.
 * `use` is counted by call order within one step, so the same step function always draws the same.
 */
export interface StepRandom {
  /** Standard normal noise. */
  normal(shape: readonly number[]): Tensor;
  /** Uniform in [0, 1). */
  uniform(shape: readonly number[]): Tensor;
  /**
   * Dropout multiplier: 0 with probability `rate`, else 1 / (1 − rate), float32.
   * `rate` is rounded to 1/256; the scale uses the rounded rate, so the mean stays 1.
   */
  dropout(shape: readonly number[], rate: number): Tensor;
}

export type TensorMap = Readonly<Record<string, Tensor>>;
export type HostTensorMap = Readonly<Record<string, HostTensor>>;

/**
 * A step: reads its inputs and any tf.Variable, may assign variables, returns what a person looks at.
 * Must be pure otherwise: it is traced once, so it may not branch on values.
 */
export type StepFunction = (inputs: TensorMap, random: StepRandom) => Record<string, Tensor>;

export interface CompiledStep {
  /**
   * Runs one step. `counter` selects the random numbers; equal counters draw equal numbers.
   * Variables the step assigns are updated when the promise resolves; on rejection they keep
   * their values from before the step.
   */
  run(
    inputs: HostTensorMap,
    counter: { readonly seed: number; readonly step: number },
  ): Promise<Record<string, HostTensor>>;
  dispose(): void;
}

export interface Engine {
  readonly device: DeviceInfo;
  /** `name` appears in error messages and profiles. */
  compile(name: string, step: StepFunction): CompiledStep;
  /** Frees the device. The engine and its compiled steps are unusable afterwards. */
  dispose(): Promise<void>;
}
