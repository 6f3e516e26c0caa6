/**
 * Variables that a step makes the first time it runs, as TensorFlow.js's optimizers do. They keep
 * the values they were made with, and the step is traced again with them.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Value } from '../graph/value.ts';
import { inOrder } from '../onnx/model.ts';
import type { RecordingBackend } from './backend.ts';

/** A variable made while a step was traced, and its first value. */
export interface MadeVariable {
  readonly variable: tf.Variable;
  readonly initial: Value;
}

type MakeVariable = (this: object, initial: tf.Tensor, ...rest: unknown[]) => tf.Variable;

/** Runs `run` and adds the variables that it makes to `made`, even if it throws. */
export function watchVariables<T>(backend: RecordingBackend, made: MadeVariable[], run: () => T): T {
  const engine = tf.engine() as unknown as { makeVariable: MakeVariable };
  const original = engine.makeVariable;
  engine.makeVariable = (initial, ...rest) => {
    const variable = original.call(engine, initial, ...rest);
    made.push({ variable, initial: backend.recorded(variable.dataId) });
    return variable;
  };
  try {
    return run();
  } finally {
    engine.makeVariable = original;
  }
}

/**
 * Gives the variables their first values. Returns those that have none, since it depends on what
 * the step was given or drew; they are disposed.
 */
export function settle(backend: RecordingBackend, made: readonly MadeVariable[]): tf.Variable[] {
  const unsettled: tf.Variable[] = [];
  for (const { variable, initial } of made) {
    if (variable.isDisposed) continue;
    if (inOrder([initial]).some(({ definition }) => definition.kind === 'input')) {
      unsettled.push(variable);
      variable.dispose();
      continue;
    }
    const data = backend.compute(initial).slice() as Float32Array;
    const tensor = tf.tensor(data, variable.shape, variable.dtype as 'float32');
    variable.assign(tensor);
    tensor.dispose();
  }
  return unsettled;
}
