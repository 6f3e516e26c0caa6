/**
 * What the rest of the project knows of an engine: it runs TensorFlow.js programs on one device.
 *
 * A training step is an ordinary function over tensors. `compile` traces it once for each set of
 * input shapes and replays it from then on; an engine that cannot compile runs it eagerly. Either
 * way the same program gives the same numbers, because all randomness comes from `StepRandom`.
 */

import type { Tensor } from '@tensorflow/tfjs-core';
import type { DeviceId } from './devices/catalog.ts';

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

/** What an engine runs on, as shown to people and written to run.json. */
export interface DeviceInfo {
  readonly id: DeviceId;
  /** For example "CPU, 8 threads". */
  readonly name: string;
  /** For example "onnxruntime-node 1.30.0". */
  readonly engine: string;
}

export interface Engine {
  readonly device: DeviceInfo;
  /** `name` appears in error messages and profiles. */
  compile(name: string, step: StepFunction): CompiledStep;
  /** Frees the device. The engine and its compiled steps are unusable afterwards. */
  dispose(): Promise<void>;
}

/** One line of `gan devices`: a device that runs, or why it does not and what would make it run. */
export interface DeviceStatus {
  readonly id: DeviceId;
  /** For example "NVIDIA H200 (WebGPU)" or "CPU, 8 threads". */
  readonly name: string;
  readonly available: boolean;
  /** A software adapter: it runs when asked for, and "auto" never chooses it. */
  readonly software: boolean;
  /** Bytes that programs on it can use in all; null where nothing tells. */
  readonly memory: number | null;
  /** One short sentence. */
  readonly goodFor: string;
  /** 10^9 floating-point operations a second in matrix products; null when not measured. */
  readonly gflops: number | null;
  /** Why it cannot run; set when `available` is false. */
  readonly reason?: string;
  /** What would make it run; set when `available` is false. */
  readonly remedy?: string;
  /** What is missing can be fetched by `gan devices --install <id>`. */
  readonly installable: boolean;
}
