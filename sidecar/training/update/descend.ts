/** Gradients of a loss, with the tensors that it was made from. */
import * as tf from '@tensorflow/tfjs-core';

export interface Descent<Kept> {
  readonly loss: tf.Scalar;
  /** By the weight's name. */
  readonly gradients: tf.NamedTensorMap;
  /** Kept from being tidied away: `dispose` frees them. */
  readonly kept: Kept;
  dispose(): void;
}

/** The loss of `forward` with its gradients. Throws where a weight has no part in the loss. */
export function descend<Kept extends Readonly<Record<string, tf.Tensor | null>>>(
  weights: tf.Variable[],
  forward: () => { readonly loss: tf.Scalar; readonly kept: Kept },
): Descent<Kept> {
  let kept: Kept | undefined;
  const { value: loss, grads: gradients } = tf.variableGrads(() => {
    const made = forward();
    kept = made.kept;
    for (const tensor of Object.values(kept)) if (tensor !== null) tf.keep(tensor);
    return made.loss;
  }, weights);
  const idle = weights.find(({ name }) => !(name in gradients));
  if (idle) throw new Error(`${idle.name} has no part in the loss`);
  return {
    loss,
    gradients,
    kept: kept as Kept,
    dispose: () => {
      for (const tensor of Object.values(kept as Kept)) tensor?.dispose();
    },
  };
}
