/** Gradients of operations on single elements, pairs and rows. */
import * as tf from '@tensorflow/tfjs-core';
import { registerConstant, registerPair, registerUnary } from './register.ts';

function registerActivations(): void {
  registerUnary(tf.Exp, (dy, x) => tf.mul(dy, tf.exp(x)));
  registerUnary(tf.Tanh, (dy, x) => tf.mul(dy, tf.sub(1, tf.square(tf.tanh(x)))));
  registerUnary(tf.Sigmoid, (dy, x) => {
    const y = tf.sigmoid(x);
    return tf.mul(dy, tf.mul(y, tf.sub(1, y)));
  });
  registerUnary(tf.Relu, (dy, x) => tf.mul(dy, tf.step(x)));
  // One factor a element, where TensorFlow.js compares, scales and selects.
  registerUnary<tf.LeakyReluAttrs>(tf.LeakyRelu, (dy, x, { alpha }) => tf.mul(dy, tf.step(x, alpha)));
  registerUnary(tf.Elu, (dy, x) => {
    const positive = tf.step(x);
    // exp(min(x, 0)) cannot overflow where x is large.
    return tf.mul(dy, tf.add(positive, tf.mul(tf.sub(1, positive), tf.exp(tf.minimum(x, 0)))));
  });
  registerUnary(tf.Sqrt, (dy, x) => tf.div(dy, tf.mul(tf.sqrt(x), 2)));
  registerUnary(tf.Rsqrt, (dy, x) => tf.mul(dy, tf.mul(-0.5, tf.div(tf.rsqrt(x), x))));
  registerUnary(tf.Abs, (dy, x) => tf.mul(dy, tf.sub(tf.step(x), tf.step(tf.neg(x)))));
}

function registerSoftmax(): void {
  registerUnary<tf.SoftmaxAttrs>(
    tf.Softmax,
    (dy, logits, { dim }) => {
      const y = tf.softmax(logits, dim);
      const weighted = tf.mul(dy, y);
      return tf.sub(weighted, tf.mul(tf.sum(weighted, dim, true), y));
    },
    'logits',
  );
  registerUnary<tf.LogSoftmaxAttrs>(
    tf.LogSoftmax,
    (dy, logits, { axis }) => tf.sub(dy, tf.mul(tf.sum(dy, axis, true), tf.softmax(logits, axis))),
    'logits',
  );
}

function registerPairs(): void {
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
  registerPair(tf.Pow, {
    a: (dy, a, b) => {
      const exponent = tf.cast(b, 'float32');
      return tf.mul(dy, tf.mul(exponent, tf.pow(a, tf.sub(exponent, 1))));
    },
    b: (dy, a, b) => {
      // The logarithm of 1 where there is none, so that its own gradient stays finite.
      const log = tf.log(tf.where(tf.greater(a, 0), a, tf.onesLike(a)));
      return tf.mul(dy, tf.mul(tf.pow(a, b), log));
    },
  });
}

export function registerElementwise(): void {
  registerActivations();
  registerSoftmax();
  registerPairs();
  const pairs = [tf.Greater, tf.GreaterEqual, tf.Less, tf.LessEqual, tf.Equal, tf.NotEqual];
  for (const kernel of [...pairs, tf.LogicalAnd, tf.LogicalOr]) registerConstant(kernel, ['a', 'b']);
  for (const kernel of [tf.LogicalNot, tf.IsNan, tf.IsInf, tf.IsFinite]) registerConstant(kernel, ['x']);
}
