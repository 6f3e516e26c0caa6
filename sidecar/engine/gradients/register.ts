/** Ways to register the gradient of a TensorFlow.js kernel, replacing its own. */
import * as tf from '@tensorflow/tfjs-core';

/** Gives the derivatives by the inputs that are named, from dy and the saved inputs. */
export type Gradients<Attributes> = (
  dy: tf.Tensor,
  saved: readonly tf.Tensor[],
  attributes: Attributes,
) => Readonly<Record<string, () => tf.Tensor>>;

/** Registers a gradient that is made from the kernel's inputs, in the order of `inputs`. */
export function registerGradient<Attributes = tf.NamedAttrMap>(
  kernelName: string,
  inputs: readonly string[],
  gradients: Gradients<Attributes>,
): void {
  if (tf.getGradient(kernelName) !== undefined) tf.unregisterGradient(kernelName);
  tf.registerGradient({
    kernelName,
    inputsToSave: [...inputs],
    gradFunc: (dy, saved, attributes) => ({ ...gradients(dy as tf.Tensor, saved, attributes as Attributes) }),
  });
}

/** The gradient of a kernel with one input. */
export function registerUnary<Attributes = tf.NamedAttrMap>(
  kernelName: string,
  gradient: (dy: tf.Tensor, x: tf.Tensor, attributes: Attributes) => tf.Tensor,
  input = 'x',
): void {
  registerGradient<Attributes>(kernelName, [input], (dy, [x], attributes) => ({
    [input]: () => gradient(dy, x!, attributes),
  }));
}

/** The gradient of an operand that was broadcast: the sum over the axes it was repeated along. */
export function sumTo(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  return tf.reshape(tf.sum(gradient, tf.backend_util.getReductionAxes(shape, gradient.shape)), shape);
}

/** The gradient of a kernel of two tensors, broadcasting, given the derivatives by each. */
export function registerPair(
  kernelName: string,
  derivatives: Record<'a' | 'b', (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor>,
): void {
  registerGradient(kernelName, ['a', 'b'], (dy, [a, b]) => ({
    a: () => sumTo(derivatives.a(dy, a!, b!), a!.shape),
    b: () => sumTo(derivatives.b(dy, a!, b!), b!.shape),
  }));
}

/** The gradient of a piecewise constant function: zero. */
export function registerConstant(kernelName: string, inputs: readonly string[]): void {
  registerGradient(kernelName, inputs, (_, saved) =>
    Object.fromEntries(inputs.map((name, at) => [name, () => tf.zeros(saved[at]!.shape)])),
  );
}

/** Runs a kernel that TensorFlow.js has no public function for. */
export function runKernel(kernelName: string, inputs: Record<string, tf.Tensor>, attributes: object): tf.Tensor {
  return tf.engine().runKernel(kernelName, inputs, attributes as tf.NamedAttrMap);
}
