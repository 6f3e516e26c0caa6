/**
 * Gradients that TensorFlow.js has not, or has in a form that cannot be differentiated again.
 *
 * A gradient that uses the saved output of its kernel breaks second derivatives: TensorFlow.js
 * saves a copy that it does not follow back to the input. Such gradients are given here by their
 * inputs, from which the output is computed again; compiled steps share that with the forward pass.
 */
// Some gradients call operations as methods of tensors.
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';

type Gradient = (dy: tf.Tensor, x: tf.Tensor, attributes: tf.NamedAttrMap) => tf.Tensor;

/** A gradient of a kernel with one input, differentiable to any order. */
function register(kernelName: string, gradient: Gradient, input = 'x'): void {
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    kernelName,
    inputsToSave: [input],
    gradFunc: (dy, [x], attributes) => ({ [input]: () => gradient(dy as tf.Tensor, x!, attributes) }),
  });
}

/** The gradient of an operand that was broadcast: the sum over the axes it was repeated along. */
function sumTo(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  return tf.reshape(tf.sum(gradient, tf.backend_util.getReductionAxes(shape, gradient.shape)), shape);
}

/** The gradient of a kernel of two tensors, broadcasting, given the derivatives by each. */
function registerPair(
  kernelName: string,
  derivatives: Record<'a' | 'b', (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor>,
): void {
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b]) => ({
      a: () => sumTo(derivatives.a(dy as tf.Tensor, a!, b!), a!.shape),
      b: () => sumTo(derivatives.b(dy as tf.Tensor, a!, b!), b!.shape),
    }),
  });
}

/** Piecewise constant functions of two tensors: their gradients are zero. */
function registerConstant(kernelName: string): void {
  if (tf.getGradient(kernelName) !== undefined) tf.unregisterGradient(kernelName);
  tf.registerGradient({
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (_, [a, b]) => ({
      a: () => tf.zeros(a!.shape),
      b: () => tf.zeros(b!.shape),
    }),
  });
}

/**
 * Registers them for every TensorFlow.js backend of this process. To be called again after another
 * copy of TensorFlow.js was loaded: all copies share one registry, which each fills with its own.
 */
export function registerGradients(): void {
  register(tf.Exp, (dy, x) => tf.mul(dy, tf.exp(x)));
  register(tf.Tanh, (dy, x) => tf.mul(dy, tf.sub(1, tf.square(tf.tanh(x)))));
  register(tf.Sigmoid, (dy, x) => {
    const y = tf.sigmoid(x);
    return tf.mul(dy, tf.mul(y, tf.sub(1, y)));
  });
  register(tf.Relu, (dy, x) => tf.mul(dy, tf.step(x)));
  // One factor a element, where TensorFlow.js compares, scales and selects.
  register(tf.LeakyRelu, (dy, x, { alpha }) => tf.mul(dy, tf.step(x, alpha as number)));
  register(tf.Elu, (dy, x) => {
    const positive = tf.step(x);
    // exp(min(x, 0)) cannot overflow where x is large.
    return tf.mul(dy, tf.add(positive, tf.mul(tf.sub(1, positive), tf.exp(tf.minimum(x, 0)))));
  });
  register(tf.Sqrt, (dy, x) => tf.div(dy, tf.mul(tf.sqrt(x), 2)));
  register(tf.Rsqrt, (dy, x) => tf.mul(dy, tf.mul(-0.5, tf.div(tf.rsqrt(x), x))));
  register(tf.Abs, (dy, x) => tf.mul(dy, tf.sub(tf.step(x), tf.step(tf.neg(x)))));

  const softmaxGradient: Gradient = (dy, logits, { dim }) => {
    const y = tf.softmax(logits, dim as number);
    const weighted = tf.mul(dy, y);
    return tf.sub(weighted, tf.mul(tf.sum(weighted, dim as number, true), y));
  };
  register(tf.Softmax, softmaxGradient, 'logits');
  const logSoftmaxGradient: Gradient = (dy, logits, { axis }) =>
    tf.sub(dy, tf.mul(tf.sum(dy, axis as number, true), tf.softmax(logits, axis as number)));
  register(tf.LogSoftmax, logSoftmaxGradient, 'logits');

  // TensorFlow.js forgets to sum these over broadcast axes.
  const mask = (condition: tf.Tensor) => tf.cast(condition, 'float32');
  registerPair(tf.Maximum, {
    a: (dy, a, b) => tf.mul(dy, mask(tf.greaterEqual(a, b))),
    b: (dy, a, b) => tf.mul(dy, mask(tf.less(a, b))),
  });
  registerPair(tf.Minimum, {
    a: (dy, a, b) => tf.mul(dy, mask(tf.lessEqual(a, b))),
    b: (dy, a, b) => tf.mul(dy, mask(tf.greater(a, b))),
  });
  registerPair(tf.SquaredDifference, {
    a: (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(a, b))),
    b: (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(b, a))),
  });

  for (const kernel of [tf.Greater, tf.GreaterEqual, tf.Less, tf.LessEqual, tf.Equal, tf.NotEqual]) {
    registerConstant(kernel);
  }
}
