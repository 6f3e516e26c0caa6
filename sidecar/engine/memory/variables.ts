/** Holding and restoring the values of tf.Variables around a step. */
import * as tf from '@tensorflow/tfjs-core';

/** A variable and a tensor that keeps the value it had. */
export interface Held {
  readonly variable: tf.Variable;
  readonly tensor: tf.Tensor;
}

/** Keeps the present value of every variable, without reading or moving it. Dispose the tensors. */
export function holdVariables(): Held[] {
  const engine = tf.engine();
  return Object.values(engine.registeredVariables).map((variable) => {
    const { dataId, shape, dtype } = variable;
    const { backend } = engine.state.tensorInfo.get(dataId)!;
    backend.incRef(dataId);
    return { variable, tensor: engine.makeTensorFromTensorInfo({ dataId, shape, dtype }, backend) };
  });
}

/** Those variables that were assigned since. */
export const assigned = (held: readonly Held[]): Held[] =>
  held.filter(({ variable, tensor }) => variable.dataId !== tensor.dataId);

/** Gives assigned variables back the values that were held. */
export function restoreVariables(held: readonly Held[]): void {
  for (const { variable, tensor } of assigned(held)) variable.assign(tensor);
}

/** Variables made since; a step may not make any, since a replay would not make them again. */
export function madeSince(held: readonly Held[]): tf.Variable[] {
  const known = new Set(held.map(({ variable }) => variable));
  return Object.values(tf.engine().registeredVariables).filter((variable) => !known.has(variable));
}
