/** StepRandom while a step is traced: each draw becomes a graph input, filled at every replay. */
import * as tf from '@tensorflow/tfjs-core';
import type * as ort from 'onnxruntime-node';
import type { StepRandom } from '../engine.ts';
import { node, splat } from '../graph/record.ts';
import { allocate, makeValue, sizeOf, type Value } from '../graph/value.ts';
import { toOrt } from '../onnx/compiled-graph.ts';
import type { NumberSource } from '../random/drawn-numbers.ts';
import { type Draw, droppedLevels, fillDropout, fillNormal, fillUniform, keptScale } from '../random/random.ts';
import type { RecordingBackend } from './backend.ts';

/** One draw of a step: its graph input, and how to fill it. */
export interface RandomInput {
  readonly name: string;
  /** Written again at every replay. */
  readonly tensor: ort.Tensor;
  fill(seed: number, step: number): void;
}

export class RecordedRandom implements StepRandom, NumberSource {
  readonly draws: RandomInput[] = [];
  readonly #backend: RecordingBackend;

  constructor(backend: RecordingBackend) {
    this.#backend = backend;
  }

  normal(shape: readonly number[]): tf.Tensor {
    return this.draw(shape, fillNormal);
  }

  uniform(shape: readonly number[]): tf.Tensor {
    return this.draw(shape, fillUniform);
  }

  draw(shape: readonly number[], fill: (into: Float32Array, draw: Draw) => void): tf.Tensor {
    return this.#tensor(this.value(shape, fill));
  }

  value(shape: readonly number[], fill: (into: Float32Array, draw: Draw) => void): Value {
    return this.#input(shape, 'float32', fill);
  }

  dropout(shape: readonly number[], rate: number): tf.Tensor {
    droppedLevels(rate);
    const kept = this.#input(shape, 'uint8', (into: Uint8Array, draw) => fillDropout(into, rate, draw));
    // Bytes take a quarter of the memory; one pass turns them into floats and scales them.
    const scale = splat('float32', [], keptScale(rate));
    return this.#tensor(node('DequantizeLinear', [kept, scale], 'float32', shape));
  }

  #input<T extends 'float32' | 'uint8'>(
    shape: readonly number[],
    type: T,
    fill: (into: T extends 'uint8' ? Uint8Array : Float32Array, draw: Draw) => void,
  ): Value {
    const use = this.draws.length;
    const name = `random/${use}`;
    const into = allocate(type, sizeOf(shape)) as T extends 'uint8' ? Uint8Array : Float32Array;
    this.draws.push({
      name,
      tensor: toOrt(type, shape, into),
      fill: (seed, step) => fill(into, { seed, step, use }),
    });
    return makeValue(type, shape, { kind: 'input', name });
  }

  #tensor(value: Value): tf.Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.#backend.tensor(value));
  }
}
